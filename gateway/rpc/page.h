#ifndef CHANCERY_GATEWAY_RPC_PAGE_H_
#define CHANCERY_GATEWAY_RPC_PAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "chancery/gateway/v1/token.pb.h"
#include "gateway/rpc/moment.h"
#include "gateway/rpc/tokens.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {

// Where a list begins: its moment, and the places of the page before; none on the first page.
struct PageStart {
  Moment moment;
  std::vector<v1::ListPlace> places;
};

// The start of the page that `request` asks for. Later pages are read at the first one's moment:
// their token carries it, so `as_of` need not be sent again and does not count if it is. A token is
// bound to everything else in the request but the page size.
template <typename Request>
absl::StatusOr<PageStart> StartOf(Request request, const Present& present) {
  if (request.page_token().empty()) {
    ASSIGN_OR_RETURN(const Moment moment, FixMoment(request.as_of(), present));
    return PageStart{moment, {}};
  }
  request.clear_as_of();
  ASSIGN_OR_RETURN(const v1::RegisterPageToken token,
                   DecodePageToken(request.page_token(), request));
  types::v1::AsOf as_of;
  *as_of.mutable_known_at() = token.known_at();
  as_of.set_valid_at(token.valid_at());
  ASSIGN_OR_RETURN(const Moment moment, FixMoment(as_of, present));
  return PageStart{moment, {token.places().begin(), token.places().end()}};
}

// The token of the page after; empty if nothing goes on.
template <typename Request>
std::string NextPageToken(Request request, const Moment& moment,
                          const std::vector<v1::ListPlace>& places) {
  if (places.empty()) return "";
  request.clear_as_of();
  v1::RegisterPageToken token;
  *token.mutable_known_at() = ToProto(moment.known_at);
  token.set_valid_at(moment.Echo().valid_at());
  for (const v1::ListPlace& place : places) *token.add_places() = place;
  return Encode(std::move(token), request);
}

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_PAGE_H_
