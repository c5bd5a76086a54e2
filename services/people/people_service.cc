#include "services/people/people_service.h"

#include <memory>
#include <utility>

#include "chancery/people/v1/organization_requests.pb.h"
#include "chancery/people/v1/person_requests.pb.h"
#include "chancery/people/v1/place_requests.pb.h"
#include "chancery/people/v1/post_requests.pb.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "chancery/people/v1/tenure_requests.pb.h"
#include "services/people/organization_spec.h"
#include "services/people/person_spec.h"
#include "services/people/place_spec.h"
#include "services/people/post_spec.h"
#include "services/people/state_spec.h"
#include "services/people/tenure_bounds.h"
#include "services/people/tenure_spec.h"

namespace chancery::people {

using serving::Call;
using serving::RpcService;

PeopleService::PeopleService(const resource::Context& context)
    : context_(context),
      states_(StateSpec(), context),
      organizations_(OrganizationSpec(), context),
      posts_(PostSpec(), context),
      people_(PersonSpec(), context),
      places_(PlaceSpec(), context),
      tenures_(TenureSpec(), context) {}

void PeopleService::Register(RpcService& rpc) const {
  RegisterStates(rpc);
  RegisterOrganizations(rpc);
  RegisterPosts(rpc);
  RegisterPeople(rpc);
  RegisterPlaces(rpc);
  RegisterTenures(rpc);
}

void PeopleService::RegisterStates(RpcService& rpc) const {
  rpc.Unary<v1::GetStateRequest>("GetState", [this](v1::GetStateRequest request, Call call) {
    states_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListStatesRequest>("ListStates", [this](v1::ListStatesRequest request, Call call) {
    states_.List(std::move(request), std::move(call));
  });
  rpc.Unary<v1::BatchGetStatesRequest>("BatchGetStates",
                                       [this](v1::BatchGetStatesRequest request, Call call) {
                                         states_.BatchGet(request, std::move(call));
                                       });
  rpc.Unary<v1::CreateStateRequest>(
      "CreateState", [this](v1::CreateStateRequest request, Call call) {
        states_.Create(std::move(request), &v1::CreateStateRequest::mutable_state,
                       &v1::CreateStateRequest::state_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateStatesRequest>(
      "BatchCreateStates", [this](v1::BatchCreateStatesRequest request, Call call) {
        states_.BatchCreate(std::move(request), &v1::CreateStateRequest::mutable_state,
                            &v1::CreateStateRequest::state_id, std::move(call));
      });
  rpc.Unary<v1::UpdateStateRequest>(
      "UpdateState", [this](v1::UpdateStateRequest request, Call call) {
        states_.Update(std::move(request), &v1::UpdateStateRequest::mutable_state, std::move(call));
      });
  rpc.Unary<v1::DeleteStateRequest>("DeleteState",
                                    [this](v1::DeleteStateRequest request, Call call) {
                                      states_.Delete(std::move(request), std::move(call));
                                    });
  rpc.Unary<v1::UndeleteStateRequest>("UndeleteState",
                                      [this](v1::UndeleteStateRequest request, Call call) {
                                        states_.Undelete(std::move(request), std::move(call));
                                      });
  rpc.Unary<v1::ListStateRevisionsRequest>(
      "ListStateRevisions", [this](v1::ListStateRevisionsRequest request, Call call) {
        states_.ListRevisions(std::move(request), std::move(call));
      });
}

void PeopleService::RegisterOrganizations(RpcService& rpc) const {
  rpc.Unary<v1::GetOrganizationRequest>("GetOrganization",
                                        [this](v1::GetOrganizationRequest request, Call call) {
                                          organizations_.Get(request, std::move(call));
                                        });
  rpc.Unary<v1::ListOrganizationsRequest>(
      "ListOrganizations", [this](v1::ListOrganizationsRequest request, Call call) {
        organizations_.List(std::move(request), std::move(call));
      });
  rpc.Unary<v1::BatchGetOrganizationsRequest>(
      "BatchGetOrganizations", [this](v1::BatchGetOrganizationsRequest request, Call call) {
        organizations_.BatchGet(request, std::move(call));
      });
  rpc.Unary<v1::CreateOrganizationRequest>(
      "CreateOrganization", [this](v1::CreateOrganizationRequest request, Call call) {
        organizations_.Create(std::move(request),
                              &v1::CreateOrganizationRequest::mutable_organization,
                              &v1::CreateOrganizationRequest::organization_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateOrganizationsRequest>(
      "BatchCreateOrganizations", [this](v1::BatchCreateOrganizationsRequest request, Call call) {
        organizations_.BatchCreate(
            std::move(request), &v1::CreateOrganizationRequest::mutable_organization,
            &v1::CreateOrganizationRequest::organization_id, std::move(call));
      });
  rpc.Unary<v1::UpdateOrganizationRequest>(
      "UpdateOrganization", [this](v1::UpdateOrganizationRequest request, Call call) {
        organizations_.Update(std::move(request),
                              &v1::UpdateOrganizationRequest::mutable_organization,
                              std::move(call));
      });
  rpc.Unary<v1::DeleteOrganizationRequest>(
      "DeleteOrganization", [this](v1::DeleteOrganizationRequest request, Call call) {
        organizations_.Delete(std::move(request), std::move(call));
      });
  rpc.Unary<v1::UndeleteOrganizationRequest>(
      "UndeleteOrganization", [this](v1::UndeleteOrganizationRequest request, Call call) {
        organizations_.Undelete(std::move(request), std::move(call));
      });
  rpc.Unary<v1::ListOrganizationRevisionsRequest>(
      "ListOrganizationRevisions", [this](v1::ListOrganizationRevisionsRequest request, Call call) {
        organizations_.ListRevisions(std::move(request), std::move(call));
      });
}

void PeopleService::RegisterPosts(RpcService& rpc) const {
  rpc.Unary<v1::GetPostRequest>("GetPost", [this](v1::GetPostRequest request, Call call) {
    posts_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListPostsRequest>("ListPosts", [this](v1::ListPostsRequest request, Call call) {
    posts_.List(std::move(request), std::move(call));
  });
  rpc.Unary<v1::BatchGetPostsRequest>("BatchGetPosts",
                                      [this](v1::BatchGetPostsRequest request, Call call) {
                                        posts_.BatchGet(request, std::move(call));
                                      });
  rpc.Unary<v1::CreatePostRequest>("CreatePost", [this](v1::CreatePostRequest request, Call call) {
    posts_.Create(std::move(request), &v1::CreatePostRequest::mutable_post,
                  &v1::CreatePostRequest::post_id, std::move(call));
  });
  rpc.Unary<v1::BatchCreatePostsRequest>(
      "BatchCreatePosts", [this](v1::BatchCreatePostsRequest request, Call call) {
        posts_.BatchCreate(std::move(request), &v1::CreatePostRequest::mutable_post,
                           &v1::CreatePostRequest::post_id, std::move(call));
      });
  rpc.Unary<v1::UpdatePostRequest>("UpdatePost", [this](v1::UpdatePostRequest request, Call call) {
    posts_.Update(std::move(request), &v1::UpdatePostRequest::mutable_post, std::move(call));
  });
  rpc.Unary<v1::DeletePostRequest>("DeletePost", [this](v1::DeletePostRequest request, Call call) {
    posts_.Delete(std::move(request), std::move(call));
  });
  rpc.Unary<v1::UndeletePostRequest>("UndeletePost",
                                     [this](v1::UndeletePostRequest request, Call call) {
                                       posts_.Undelete(std::move(request), std::move(call));
                                     });
  rpc.Unary<v1::ListPostRevisionsRequest>(
      "ListPostRevisions", [this](v1::ListPostRevisionsRequest request, Call call) {
        posts_.ListRevisions(std::move(request), std::move(call));
      });
}

void PeopleService::RegisterPeople(RpcService& rpc) const {
  rpc.Unary<v1::GetPersonRequest>("GetPerson", [this](v1::GetPersonRequest request, Call call) {
    people_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListPeopleRequest>("ListPeople", [this](v1::ListPeopleRequest request, Call call) {
    people_.List(std::move(request), std::move(call));
  });
  rpc.Unary<v1::BatchGetPeopleRequest>("BatchGetPeople",
                                       [this](v1::BatchGetPeopleRequest request, Call call) {
                                         people_.BatchGet(request, std::move(call));
                                       });
  rpc.Unary<v1::CreatePersonRequest>(
      "CreatePerson", [this](v1::CreatePersonRequest request, Call call) {
        people_.Create(std::move(request), &v1::CreatePersonRequest::mutable_person,
                       &v1::CreatePersonRequest::person_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreatePeopleRequest>(
      "BatchCreatePeople", [this](v1::BatchCreatePeopleRequest request, Call call) {
        people_.BatchCreate(std::move(request), &v1::CreatePersonRequest::mutable_person,
                            &v1::CreatePersonRequest::person_id, std::move(call));
      });
  rpc.Unary<v1::UpdatePersonRequest>("UpdatePerson", [this](v1::UpdatePersonRequest request,
                                                            Call call) {
    people_.Update(std::move(request), &v1::UpdatePersonRequest::mutable_person, std::move(call));
  });
  rpc.Unary<v1::DeletePersonRequest>("DeletePerson",
                                     [this](v1::DeletePersonRequest request, Call call) {
                                       people_.Delete(std::move(request), std::move(call));
                                     });
  rpc.Unary<v1::UndeletePersonRequest>("UndeletePerson",
                                       [this](v1::UndeletePersonRequest request, Call call) {
                                         people_.Undelete(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::ListPersonRevisionsRequest>(
      "ListPersonRevisions", [this](v1::ListPersonRevisionsRequest request, Call call) {
        people_.ListRevisions(std::move(request), std::move(call));
      });
}

void PeopleService::RegisterPlaces(RpcService& rpc) const {
  rpc.Unary<v1::GetPlaceRequest>("GetPlace", [this](v1::GetPlaceRequest request, Call call) {
    places_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListPlacesRequest>("ListPlaces", [this](v1::ListPlacesRequest request, Call call) {
    places_.List(std::move(request), std::move(call));
  });
  rpc.Unary<v1::BatchGetPlacesRequest>("BatchGetPlaces",
                                       [this](v1::BatchGetPlacesRequest request, Call call) {
                                         places_.BatchGet(request, std::move(call));
                                       });
  rpc.Unary<v1::CreatePlaceRequest>(
      "CreatePlace", [this](v1::CreatePlaceRequest request, Call call) {
        places_.Create(std::move(request), &v1::CreatePlaceRequest::mutable_place,
                       &v1::CreatePlaceRequest::place_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreatePlacesRequest>(
      "BatchCreatePlaces", [this](v1::BatchCreatePlacesRequest request, Call call) {
        places_.BatchCreate(std::move(request), &v1::CreatePlaceRequest::mutable_place,
                            &v1::CreatePlaceRequest::place_id, std::move(call));
      });
  rpc.Unary<v1::UpdatePlaceRequest>(
      "UpdatePlace", [this](v1::UpdatePlaceRequest request, Call call) {
        places_.Update(std::move(request), &v1::UpdatePlaceRequest::mutable_place, std::move(call));
      });
  rpc.Unary<v1::DeletePlaceRequest>("DeletePlace",
                                    [this](v1::DeletePlaceRequest request, Call call) {
                                      places_.Delete(std::move(request), std::move(call));
                                    });
  rpc.Unary<v1::UndeletePlaceRequest>("UndeletePlace",
                                      [this](v1::UndeletePlaceRequest request, Call call) {
                                        places_.Undelete(std::move(request), std::move(call));
                                      });
  rpc.Unary<v1::ListPlaceRevisionsRequest>(
      "ListPlaceRevisions", [this](v1::ListPlaceRevisionsRequest request, Call call) {
        places_.ListRevisions(std::move(request), std::move(call));
      });
}

void PeopleService::RegisterTenures(RpcService& rpc) const {
  rpc.Unary<v1::GetTenureRequest>("GetTenure", [this](v1::GetTenureRequest request, Call call) {
    tenures_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListTenuresRequest>("ListTenures",
                                    [this](v1::ListTenuresRequest request, Call call) {
                                      tenures_.List(std::move(request), std::move(call));
                                    });
  rpc.Unary<v1::BatchGetTenuresRequest>("BatchGetTenures",
                                        [this](v1::BatchGetTenuresRequest request, Call call) {
                                          tenures_.BatchGet(request, std::move(call));
                                        });
  rpc.Unary<v1::CreateTenureRequest>(
      "CreateTenure", [this](v1::CreateTenureRequest request, Call call) {
        tenures_.Create(std::move(request), &v1::CreateTenureRequest::mutable_tenure,
                        &v1::CreateTenureRequest::tenure_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateTenuresRequest>(
      "BatchCreateTenures", [this](v1::BatchCreateTenuresRequest request, Call call) {
        tenures_.BatchCreate(std::move(request), &v1::CreateTenureRequest::mutable_tenure,
                             &v1::CreateTenureRequest::tenure_id, std::move(call));
      });
  rpc.Unary<v1::UpdateTenureRequest>("UpdateTenure", [this](v1::UpdateTenureRequest request,
                                                            Call call) {
    tenures_.Update(std::move(request), &v1::UpdateTenureRequest::mutable_tenure, std::move(call));
  });
  rpc.Unary<v1::DeleteTenureRequest>("DeleteTenure",
                                     [this](v1::DeleteTenureRequest request, Call call) {
                                       tenures_.Delete(std::move(request), std::move(call));
                                     });
  rpc.Unary<v1::UndeleteTenureRequest>("UndeleteTenure",
                                       [this](v1::UndeleteTenureRequest request, Call call) {
                                         tenures_.Undelete(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::ListTenureRevisionsRequest>(
      "ListTenureRevisions", [this](v1::ListTenureRevisionsRequest request, Call call) {
        tenures_.ListRevisions(std::move(request), std::move(call));
      });
  rpc.Unary<v1::GetTenureBoundsRequest>(
      "GetTenureBounds", [this](v1::GetTenureBoundsRequest request, Call call) {
        AnswerTenureBounds(context_, std::move(request), std::move(call));
      });
}

const resource::ServiceDefinition& Definition() {
  static const resource::ServiceDefinition* const definition = new resource::ServiceDefinition{
      .name = "people",
      .full_name = "chancery.people.v1.PeopleService",
      .specs = {&StateSpec(), &OrganizationSpec(), &PostSpec(), &PersonSpec(), &PlaceSpec(),
                &TenureSpec()},
      .serve =
          [](const resource::Context& context, RpcService& rpc) {
            auto service = std::make_shared<PeopleService>(context);
            service->Register(rpc);
            return std::shared_ptr<void>(service);
          },
  };
  return *definition;
}

}  // namespace chancery::people
