#include "services/agreements/agreements_service.h"

#include <memory>
#include <utility>

#include "chancery/agreements/v1/agreement_requests.pb.h"
#include "chancery/agreements/v1/agreement_status.pb.h"
#include "chancery/agreements/v1/chunk_requests.pb.h"
#include "chancery/agreements/v1/citation_requests.pb.h"
#include "chancery/agreements/v1/matter_requests.pb.h"
#include "chancery/agreements/v1/position_requests.pb.h"
#include "chancery/agreements/v1/programme_requests.pb.h"
#include "chancery/agreements/v1/segment_requests.pb.h"
#include "chancery/agreements/v1/source_requests.pb.h"
#include "chancery/agreements/v1/statistic_requests.pb.h"
#include "services/agreements/agreement_spec.h"
#include "services/agreements/agreement_status.h"
#include "services/agreements/chunk_spec.h"
#include "services/agreements/matter_spec.h"
#include "services/agreements/position_spec.h"
#include "services/agreements/programme_spec.h"
#include "services/agreements/resolve_citations.h"
#include "services/agreements/segment_spec.h"
#include "services/agreements/source_spec.h"
#include "services/agreements/statistic_spec.h"

namespace chancery::agreements {

using serving::Call;
using serving::RpcService;

AgreementsService::AgreementsService(const resource::Context& context)
    : context_(context),
      agreements_(AgreementSpec(), context),
      matters_(MatterSpec(), context),
      positions_(PositionSpec(), context),
      programmes_(ProgrammeSpec(), context),
      statistics_(StatisticSpec(), context),
      sources_(SourceSpec(), context),
      chunks_(ChunkSpec(), context),
      segments_(SegmentSpec(), context) {}

void AgreementsService::Register(RpcService& rpc) const {
  RegisterAgreements(rpc);
  RegisterMatters(rpc);
  RegisterPositions(rpc);
  RegisterProgrammes(rpc);
  RegisterStatistics(rpc);
  RegisterSources(rpc);
  RegisterChunks(rpc);
  RegisterSegments(rpc);
  rpc.Unary<v1::ResolveCitationsRequest>(
      "ResolveCitations", [this](v1::ResolveCitationsRequest request, Call call) {
        AnswerResolveCitations(context_, std::move(request), std::move(call));
      });
}

void AgreementsService::RegisterAgreements(RpcService& rpc) const {
  rpc.Unary<v1::GetAgreementRequest>("GetAgreement",
                                     [this](v1::GetAgreementRequest request, Call call) {
                                       agreements_.Get(request, std::move(call));
                                     });
  rpc.Unary<v1::ListAgreementsRequest>("ListAgreements",
                                       [this](v1::ListAgreementsRequest request, Call call) {
                                         agreements_.List(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::BatchGetAgreementsRequest>(
      "BatchGetAgreements", [this](v1::BatchGetAgreementsRequest request, Call call) {
        agreements_.BatchGet(request, std::move(call));
      });
  rpc.Unary<v1::CreateAgreementRequest>(
      "CreateAgreement", [this](v1::CreateAgreementRequest request, Call call) {
        agreements_.Create(std::move(request), &v1::CreateAgreementRequest::mutable_agreement,
                           &v1::CreateAgreementRequest::agreement_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateAgreementsRequest>(
      "BatchCreateAgreements", [this](v1::BatchCreateAgreementsRequest request, Call call) {
        agreements_.BatchCreate(std::move(request), &v1::CreateAgreementRequest::mutable_agreement,
                                &v1::CreateAgreementRequest::agreement_id, std::move(call));
      });
  rpc.Unary<v1::UpdateAgreementRequest>(
      "UpdateAgreement", [this](v1::UpdateAgreementRequest request, Call call) {
        agreements_.Update(std::move(request), &v1::UpdateAgreementRequest::mutable_agreement,
                           std::move(call));
      });
  rpc.Unary<v1::DeleteAgreementRequest>("DeleteAgreement",
                                        [this](v1::DeleteAgreementRequest request, Call call) {
                                          agreements_.Delete(std::move(request), std::move(call));
                                        });
  rpc.Unary<v1::UndeleteAgreementRequest>(
      "UndeleteAgreement", [this](v1::UndeleteAgreementRequest request, Call call) {
        agreements_.Undelete(std::move(request), std::move(call));
      });
  rpc.Unary<v1::ListAgreementRevisionsRequest>(
      "ListAgreementRevisions", [this](v1::ListAgreementRevisionsRequest request, Call call) {
        agreements_.ListRevisions(std::move(request), std::move(call));
      });
  rpc.Unary<v1::GetAgreementStatusRequest>(
      "GetAgreementStatus", [this](v1::GetAgreementStatusRequest request, Call call) {
        AnswerAgreementStatus(context_, std::move(request), std::move(call));
      });
  rpc.Unary<v1::BatchGetAgreementStatusesRequest>(
      "BatchGetAgreementStatuses", [this](v1::BatchGetAgreementStatusesRequest request, Call call) {
        AnswerAgreementStatuses(context_, std::move(request), std::move(call));
      });
}

void AgreementsService::RegisterMatters(RpcService& rpc) const {
  rpc.Unary<v1::GetMatterRequest>("GetMatter", [this](v1::GetMatterRequest request, Call call) {
    matters_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListMattersRequest>("ListMatters",
                                    [this](v1::ListMattersRequest request, Call call) {
                                      matters_.List(std::move(request), std::move(call));
                                    });
  rpc.Unary<v1::BatchGetMattersRequest>("BatchGetMatters",
                                        [this](v1::BatchGetMattersRequest request, Call call) {
                                          matters_.BatchGet(request, std::move(call));
                                        });
  rpc.Unary<v1::CreateMatterRequest>(
      "CreateMatter", [this](v1::CreateMatterRequest request, Call call) {
        matters_.Create(std::move(request), &v1::CreateMatterRequest::mutable_matter,
                        &v1::CreateMatterRequest::matter_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateMattersRequest>(
      "BatchCreateMatters", [this](v1::BatchCreateMattersRequest request, Call call) {
        matters_.BatchCreate(std::move(request), &v1::CreateMatterRequest::mutable_matter,
                             &v1::CreateMatterRequest::matter_id, std::move(call));
      });
  rpc.Unary<v1::UpdateMatterRequest>("UpdateMatter", [this](v1::UpdateMatterRequest request,
                                                            Call call) {
    matters_.Update(std::move(request), &v1::UpdateMatterRequest::mutable_matter, std::move(call));
  });
  rpc.Unary<v1::DeleteMatterRequest>("DeleteMatter",
                                     [this](v1::DeleteMatterRequest request, Call call) {
                                       matters_.Delete(std::move(request), std::move(call));
                                     });
  rpc.Unary<v1::UndeleteMatterRequest>("UndeleteMatter",
                                       [this](v1::UndeleteMatterRequest request, Call call) {
                                         matters_.Undelete(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::ListMatterRevisionsRequest>(
      "ListMatterRevisions", [this](v1::ListMatterRevisionsRequest request, Call call) {
        matters_.ListRevisions(std::move(request), std::move(call));
      });
}

void AgreementsService::RegisterPositions(RpcService& rpc) const {
  rpc.Unary<v1::GetPositionRequest>("GetPosition",
                                    [this](v1::GetPositionRequest request, Call call) {
                                      positions_.Get(request, std::move(call));
                                    });
  rpc.Unary<v1::ListPositionsRequest>("ListPositions",
                                      [this](v1::ListPositionsRequest request, Call call) {
                                        positions_.List(std::move(request), std::move(call));
                                      });
  rpc.Unary<v1::BatchGetPositionsRequest>("BatchGetPositions",
                                          [this](v1::BatchGetPositionsRequest request, Call call) {
                                            positions_.BatchGet(request, std::move(call));
                                          });
  rpc.Unary<v1::CreatePositionRequest>(
      "CreatePosition", [this](v1::CreatePositionRequest request, Call call) {
        positions_.Create(std::move(request), &v1::CreatePositionRequest::mutable_position,
                          &v1::CreatePositionRequest::position_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreatePositionsRequest>(
      "BatchCreatePositions", [this](v1::BatchCreatePositionsRequest request, Call call) {
        positions_.BatchCreate(std::move(request), &v1::CreatePositionRequest::mutable_position,
                               &v1::CreatePositionRequest::position_id, std::move(call));
      });
  rpc.Unary<v1::UpdatePositionRequest>(
      "UpdatePosition", [this](v1::UpdatePositionRequest request, Call call) {
        positions_.Update(std::move(request), &v1::UpdatePositionRequest::mutable_position,
                          std::move(call));
      });
  rpc.Unary<v1::DeletePositionRequest>("DeletePosition",
                                       [this](v1::DeletePositionRequest request, Call call) {
                                         positions_.Delete(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::UndeletePositionRequest>("UndeletePosition",
                                         [this](v1::UndeletePositionRequest request, Call call) {
                                           positions_.Undelete(std::move(request), std::move(call));
                                         });
  rpc.Unary<v1::ListPositionRevisionsRequest>(
      "ListPositionRevisions", [this](v1::ListPositionRevisionsRequest request, Call call) {
        positions_.ListRevisions(std::move(request), std::move(call));
      });
}

void AgreementsService::RegisterProgrammes(RpcService& rpc) const {
  rpc.Unary<v1::GetProgrammeRequest>("GetProgramme",
                                     [this](v1::GetProgrammeRequest request, Call call) {
                                       programmes_.Get(request, std::move(call));
                                     });
  rpc.Unary<v1::ListProgrammesRequest>("ListProgrammes",
                                       [this](v1::ListProgrammesRequest request, Call call) {
                                         programmes_.List(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::BatchGetProgrammesRequest>(
      "BatchGetProgrammes", [this](v1::BatchGetProgrammesRequest request, Call call) {
        programmes_.BatchGet(request, std::move(call));
      });
  rpc.Unary<v1::CreateProgrammeRequest>(
      "CreateProgramme", [this](v1::CreateProgrammeRequest request, Call call) {
        programmes_.Create(std::move(request), &v1::CreateProgrammeRequest::mutable_programme,
                           &v1::CreateProgrammeRequest::programme_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateProgrammesRequest>(
      "BatchCreateProgrammes", [this](v1::BatchCreateProgrammesRequest request, Call call) {
        programmes_.BatchCreate(std::move(request), &v1::CreateProgrammeRequest::mutable_programme,
                                &v1::CreateProgrammeRequest::programme_id, std::move(call));
      });
  rpc.Unary<v1::UpdateProgrammeRequest>(
      "UpdateProgramme", [this](v1::UpdateProgrammeRequest request, Call call) {
        programmes_.Update(std::move(request), &v1::UpdateProgrammeRequest::mutable_programme,
                           std::move(call));
      });
  rpc.Unary<v1::DeleteProgrammeRequest>("DeleteProgramme",
                                        [this](v1::DeleteProgrammeRequest request, Call call) {
                                          programmes_.Delete(std::move(request), std::move(call));
                                        });
  rpc.Unary<v1::UndeleteProgrammeRequest>(
      "UndeleteProgramme", [this](v1::UndeleteProgrammeRequest request, Call call) {
        programmes_.Undelete(std::move(request), std::move(call));
      });
  rpc.Unary<v1::ListProgrammeRevisionsRequest>(
      "ListProgrammeRevisions", [this](v1::ListProgrammeRevisionsRequest request, Call call) {
        programmes_.ListRevisions(std::move(request), std::move(call));
      });
}

void AgreementsService::RegisterStatistics(RpcService& rpc) const {
  rpc.Unary<v1::GetStatisticRequest>("GetStatistic",
                                     [this](v1::GetStatisticRequest request, Call call) {
                                       statistics_.Get(request, std::move(call));
                                     });
  rpc.Unary<v1::ListStatisticsRequest>("ListStatistics",
                                       [this](v1::ListStatisticsRequest request, Call call) {
                                         statistics_.List(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::BatchGetStatisticsRequest>(
      "BatchGetStatistics", [this](v1::BatchGetStatisticsRequest request, Call call) {
        statistics_.BatchGet(request, std::move(call));
      });
  rpc.Unary<v1::CreateStatisticRequest>(
      "CreateStatistic", [this](v1::CreateStatisticRequest request, Call call) {
        statistics_.Create(std::move(request), &v1::CreateStatisticRequest::mutable_statistic,
                           &v1::CreateStatisticRequest::statistic_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateStatisticsRequest>(
      "BatchCreateStatistics", [this](v1::BatchCreateStatisticsRequest request, Call call) {
        statistics_.BatchCreate(std::move(request), &v1::CreateStatisticRequest::mutable_statistic,
                                &v1::CreateStatisticRequest::statistic_id, std::move(call));
      });
  rpc.Unary<v1::UpdateStatisticRequest>(
      "UpdateStatistic", [this](v1::UpdateStatisticRequest request, Call call) {
        statistics_.Update(std::move(request), &v1::UpdateStatisticRequest::mutable_statistic,
                           std::move(call));
      });
  rpc.Unary<v1::DeleteStatisticRequest>("DeleteStatistic",
                                        [this](v1::DeleteStatisticRequest request, Call call) {
                                          statistics_.Delete(std::move(request), std::move(call));
                                        });
  rpc.Unary<v1::UndeleteStatisticRequest>(
      "UndeleteStatistic", [this](v1::UndeleteStatisticRequest request, Call call) {
        statistics_.Undelete(std::move(request), std::move(call));
      });
  rpc.Unary<v1::ListStatisticRevisionsRequest>(
      "ListStatisticRevisions", [this](v1::ListStatisticRevisionsRequest request, Call call) {
        statistics_.ListRevisions(std::move(request), std::move(call));
      });
}

void AgreementsService::RegisterChunks(RpcService& rpc) const {
  rpc.Unary<v1::GetChunkRequest>("GetChunk", [this](v1::GetChunkRequest request, Call call) {
    chunks_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListChunksRequest>("ListChunks", [this](v1::ListChunksRequest request, Call call) {
    chunks_.List(std::move(request), std::move(call));
  });
  rpc.Unary<v1::BatchGetChunksRequest>("BatchGetChunks",
                                       [this](v1::BatchGetChunksRequest request, Call call) {
                                         chunks_.BatchGet(request, std::move(call));
                                       });
  rpc.Unary<v1::CreateChunkRequest>(
      "CreateChunk", [this](v1::CreateChunkRequest request, Call call) {
        chunks_.Create(std::move(request), &v1::CreateChunkRequest::mutable_chunk,
                       &v1::CreateChunkRequest::chunk_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateChunksRequest>(
      "BatchCreateChunks", [this](v1::BatchCreateChunksRequest request, Call call) {
        chunks_.BatchCreate(std::move(request), &v1::CreateChunkRequest::mutable_chunk,
                            &v1::CreateChunkRequest::chunk_id, std::move(call));
      });
  rpc.Unary<v1::UpdateChunkRequest>(
      "UpdateChunk", [this](v1::UpdateChunkRequest request, Call call) {
        chunks_.Update(std::move(request), &v1::UpdateChunkRequest::mutable_chunk, std::move(call));
      });
  rpc.Unary<v1::DeleteChunkRequest>("DeleteChunk",
                                    [this](v1::DeleteChunkRequest request, Call call) {
                                      chunks_.Delete(std::move(request), std::move(call));
                                    });
  rpc.Unary<v1::UndeleteChunkRequest>("UndeleteChunk",
                                      [this](v1::UndeleteChunkRequest request, Call call) {
                                        chunks_.Undelete(std::move(request), std::move(call));
                                      });
  rpc.Unary<v1::ListChunkRevisionsRequest>(
      "ListChunkRevisions", [this](v1::ListChunkRevisionsRequest request, Call call) {
        chunks_.ListRevisions(std::move(request), std::move(call));
      });
}

void AgreementsService::RegisterSegments(RpcService& rpc) const {
  rpc.Unary<v1::GetSegmentRequest>("GetSegment", [this](v1::GetSegmentRequest request, Call call) {
    segments_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListSegmentsRequest>("ListSegments",
                                     [this](v1::ListSegmentsRequest request, Call call) {
                                       segments_.List(std::move(request), std::move(call));
                                     });
  rpc.Unary<v1::BatchGetSegmentsRequest>("BatchGetSegments",
                                         [this](v1::BatchGetSegmentsRequest request, Call call) {
                                           segments_.BatchGet(request, std::move(call));
                                         });
  rpc.Unary<v1::CreateSegmentRequest>(
      "CreateSegment", [this](v1::CreateSegmentRequest request, Call call) {
        segments_.Create(std::move(request), &v1::CreateSegmentRequest::mutable_segment,
                         &v1::CreateSegmentRequest::segment_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateSegmentsRequest>(
      "BatchCreateSegments", [this](v1::BatchCreateSegmentsRequest request, Call call) {
        segments_.BatchCreate(std::move(request), &v1::CreateSegmentRequest::mutable_segment,
                              &v1::CreateSegmentRequest::segment_id, std::move(call));
      });
  rpc.Unary<v1::UpdateSegmentRequest>(
      "UpdateSegment", [this](v1::UpdateSegmentRequest request, Call call) {
        segments_.Update(std::move(request), &v1::UpdateSegmentRequest::mutable_segment,
                         std::move(call));
      });
  rpc.Unary<v1::DeleteSegmentRequest>("DeleteSegment",
                                      [this](v1::DeleteSegmentRequest request, Call call) {
                                        segments_.Delete(std::move(request), std::move(call));
                                      });
  rpc.Unary<v1::UndeleteSegmentRequest>("UndeleteSegment",
                                        [this](v1::UndeleteSegmentRequest request, Call call) {
                                          segments_.Undelete(std::move(request), std::move(call));
                                        });
  rpc.Unary<v1::ListSegmentRevisionsRequest>(
      "ListSegmentRevisions", [this](v1::ListSegmentRevisionsRequest request, Call call) {
        segments_.ListRevisions(std::move(request), std::move(call));
      });
}

void AgreementsService::RegisterSources(RpcService& rpc) const {
  rpc.Unary<v1::GetSourceRequest>("GetSource", [this](v1::GetSourceRequest request, Call call) {
    sources_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListSourcesRequest>("ListSources",
                                    [this](v1::ListSourcesRequest request, Call call) {
                                      sources_.List(std::move(request), std::move(call));
                                    });
  rpc.Unary<v1::BatchGetSourcesRequest>("BatchGetSources",
                                        [this](v1::BatchGetSourcesRequest request, Call call) {
                                          sources_.BatchGet(request, std::move(call));
                                        });
  rpc.Unary<v1::CreateSourceRequest>(
      "CreateSource", [this](v1::CreateSourceRequest request, Call call) {
        sources_.Create(std::move(request), &v1::CreateSourceRequest::mutable_source,
                        &v1::CreateSourceRequest::source_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateSourcesRequest>(
      "BatchCreateSources", [this](v1::BatchCreateSourcesRequest request, Call call) {
        sources_.BatchCreate(std::move(request), &v1::CreateSourceRequest::mutable_source,
                             &v1::CreateSourceRequest::source_id, std::move(call));
      });
  rpc.Unary<v1::UpdateSourceRequest>("UpdateSource", [this](v1::UpdateSourceRequest request,
                                                            Call call) {
    sources_.Update(std::move(request), &v1::UpdateSourceRequest::mutable_source, std::move(call));
  });
  rpc.Unary<v1::DeleteSourceRequest>("DeleteSource",
                                     [this](v1::DeleteSourceRequest request, Call call) {
                                       sources_.Delete(std::move(request), std::move(call));
                                     });
  rpc.Unary<v1::UndeleteSourceRequest>("UndeleteSource",
                                       [this](v1::UndeleteSourceRequest request, Call call) {
                                         sources_.Undelete(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::ListSourceRevisionsRequest>(
      "ListSourceRevisions", [this](v1::ListSourceRevisionsRequest request, Call call) {
        sources_.ListRevisions(std::move(request), std::move(call));
      });
}

const resource::ServiceDefinition& Definition() {
  static const resource::ServiceDefinition* const definition = new resource::ServiceDefinition{
      .name = "agreements",
      .full_name = "chancery.agreements.v1.AgreementsService",
      .specs = {&AgreementSpec(), &MatterSpec(), &PositionSpec(), &ProgrammeSpec(),
                &StatisticSpec(), &SourceSpec(), &ChunkSpec(), &SegmentSpec()},
      .serve =
          [](const resource::Context& context, RpcService& rpc) {
            auto service = std::make_shared<AgreementsService>(context);
            service->Register(rpc);
            return std::shared_ptr<void>(service);
          },
  };
  return *definition;
}

}  // namespace chancery::agreements
