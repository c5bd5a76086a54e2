#include "gateway/ctl/explanations.h"

namespace chancery::ctl {

namespace {

constexpr Explanation kRows[] = {
    {types::v1::REQUEST_UNDECODABLE,
     "What was sent is not a message of the type that the method takes, or a "
     "line is not JSON.",
     "Send the method's own request type; in a line, mend what stands at the "
     "caret.",
     "", "echo '{\"name\": \"people/x\",' | chancery apply -f -"},
    {types::v1::TEXT_NOT_UTF8, "A text holds bytes that are not UTF-8.",
     "Convert the text to UTF-8.", "", "chancery get \"people/$(printf '\\377')\""},
    {types::v1::REQUIRED_FIELD_MISSING, "A field that every such record or request has is not set.",
     "Set the field that is named.", "",
     "echo '{\"names\": [{\"id\": \"a\", \"text\": \"A\"}]}' | chancery apply -f -"},
    {types::v1::FIELD_INVALID, "A value breaks the rule of its field.",
     "The sentence says the rule; `chancery help COMMAND` and docs/api.md "
     "have examples.",
     "", "chancery delete people/noda --request-id 1"},
    {types::v1::RESOURCE_NAME_INVALID, "Not a resource name of the kind that is wanted there.",
     "A name is its collection, a slash and an id of a-z, 0-9 and -, as "
     "people/noda.",
     "", "chancery get people/Noda"},
    {types::v1::ENUM_VALUE_UNKNOWN,
     "A number that the enum does not have, from a newer client perhaps.",
     "Use a name of the enum; those of this release are in its proto file.", "",
     "echo '{\"name\": \"events/x\", \"kind\": 99}' | chancery apply -f -"},
    {types::v1::DATE_INVALID, "A date is not EDTF, or there is no such day.",
     "Write 2009, 2009-05, 2009-05-12, 2008/2012, [..2003] or 2007/..; mend "
     "what stands at the caret.",
     "", "chancery edit people/noda --set birth=1956-13 --note 'from his page'"},
    {types::v1::FIELD_IMMUTABLE,
     "The field can not be changed once the record exists, or an account "
     "would be dropped.",
     "Make another record, or leave the field out; deprecate an account that "
     "is no longer held.",
     "", "chancery edit tenures/putin-ru-pm --set post=posts/ru-president --note 'another post'"},
    {types::v1::FIELD_MASK_INVALID, "A path of a mask names what the record does not have.",
     "Mend the path at the caret; elements of a list are named by their ids.", "",
     "chancery get people/noda --output jsonl | chancery apply -f - "
     "--update-mask nmes"},
    {types::v1::FILTER_INVALID, "A filter can not be read, or compares what can not be compared.",
     "Mend it at the caret; docs/api.md shows what a filter can say.", "",
     "chancery list events --filter 'mode = PHON'"},
    {types::v1::ORDER_BY_INVALID, "The list has no such order.",
     "Take one of those that the error lists, with or without ` desc`.", "",
     "chancery list people --order-by time"},
    {types::v1::PAGE_TOKEN_INVALID,
     "The page token was not made for this request, or not by this register.",
     "Start with the first page; ask for the next with the same filter, order "
     "and moment.",
     "", "chancery list people --page-token x"},
    {types::v1::PAGE_SIZE_INVALID, "A page of less than nothing.",
     "Ask for 0, which means 50, or for more.", "", "chancery list people --page-size=-1"},
    {types::v1::CONSISTENCY_TOKEN_INVALID,
     "The consistency token was not made by this register, or not for this "
     "method.",
     "Take a token of an earlier answer of the same service, or none.", "",
     "chancery get people/noda --token x"},
    {types::v1::KNOWN_AT_IN_FUTURE, "What will have been known then nobody knows yet.",
     "Ask for a moment that has been, or without --known-at for now.", "",
     "chancery get people/noda --known-at 9999-01-01"},
    {types::v1::VALID_AT_INVALID,
     "The day is no day, or the kind has a date of its own and no day on "
     "which it is valid.",
     "Write the day as 2012-06-18; ask for events and the like by their "
     "`time` in a filter.",
     "", "chancery list events --valid-at 2012-06-18"},
    {types::v1::REQUEST_ID_REUSED,
     "The request id was used for another request within the last 24 hours.",
     "Take a new request id for a new request.", "",
     "id=5d3e6bd2-6b9b-4a3c-8f3e-2f6a1c0d9e11\n"
     "chancery delete people/noda --request-id $id\n"
     "chancery delete people/putin --request-id $id"},
    {types::v1::RECORD_TOO_LARGE, "A record is larger than 256 KiB.",
     "Make two of it, or leave out what belongs elsewhere.", "",
     "names=$(for i in $(seq 66); do printf '{\"id\": \"n%d\", \"text\": "
     "\"%04000d\"}, ' $i 0; done)\n"
     "echo \"{\\\"name\\\": \\\"people/x\\\", \\\"names\\\": [$names{\\\"id\\\": \\\"z\\\", "
     "\\\"text\\\": \\\"Z\\\"}]}\" | chancery apply -f -"},
    {types::v1::BATCH_TOO_LARGE, "A batch holds more records or bytes than one call may.",
     "Send several smaller batches, of at most 100.", "",
     "{\"names\": ["
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", \"people/noda\", "
     "\"people/noda\""
     "]}",
     "chancery.people.v1.PeopleService/BatchGetPeople"},
    {types::v1::BATCH_NAME_REPEATED, "One name stands twice in a batch.", "Send each record once.",
     "",
     "{\"requests\": [{\"personId\": \"x\", \"person\": {}}, {\"personId\": \"x\", "
     "\"person\": {}}]}",
     "chancery.people.v1.PeopleService/BatchCreatePeople"},
    {types::v1::CITATION_MISMATCH,
     "The words of a quotation are not those that the citation points at.",
     "Count in code points, take the words as they stand, or send no digest "
     "and have it computed.",
     "",
     "chancery edit people/noda --note 'a quotation' --set "
     "\"citations.q={\\\"source\\\": \\\"sources/founding-brief\\\", \\\"start\\\": 0, "
     "\\\"end\\\": 1, \\\"exact\\\": \\\"A\\\", \\\"sliceDigest\\\": \\\"sha256:$(printf %064d "
     "0)\\\"}\""},
    {types::v1::TEXT_MISMATCH,
     "A document is not the one that its source names by digest and length, or a chunk of it "
     "stands "
     "at another place.",
     "Load the very document; if there is a new edition, give it a source of its own.", "",
     "echo 'Another text.' | chancery source load founding-brief -"},
    {types::v1::REFERENCE_NOT_FOUND, "The record refers to one that is not there.",
     "Write what is referred to first; `chancery import` finds the order "
     "itself.",
     "", "chancery edit people/noda --set state=states/nowhere --note 'his state'"},
    {types::v1::PARENT_CYCLE, "The record would be its own ancestor.",
     "Leave out the parent that leads back to it.", "",
     "chancery edit events/2009-05-putin-japan --set "
     "parents=events/2009-05-putin-japan --note 'a part'"},
    {types::v1::TEXT_INCOMPLETE,
     "A text would have a gap: a chunk comes or stays without the one before it.",
     "Load the whole document with `chancery source load`; delete chunks from the last to the "
     "first.",
     "",
     "DIGEST=$(printf %016385d 0 | sha256sum | cut -c 1-64)\n"
     "echo '{\"name\": \"sources/zeros\", \"codePoints\": 16385, "
     "\"digest\": \"sha256:'$DIGEST'\"}' | chancery apply -f -\n"
     "printf %016385d 0 | chancery source load zeros -\n"
     "chancery delete chunks/zeros-0000"},
    {types::v1::RESOURCE_NOT_FOUND,
     "There is no record of this name, or there was none at the moment asked "
     "for.",
     "Look at the names that the error proposes, or ask for a later moment.", "",
     "chancery get people/nda"},
    {types::v1::RESOURCE_DELETED, "The record is deleted; it is still there to be read.",
     "Bring it back with `chancery undelete`, then change it.", "",
     "chancery delete people/noda\n"
     "chancery delete people/noda"},
    {types::v1::RESOURCE_ALREADY_EXISTS, "The name is taken, be it by a deleted record.",
     "Take another name, or change the record that is there.", "",
     "{\"personId\": \"noda\", \"person\": {}}", "chancery.people.v1.PeopleService/CreatePerson"},
    {types::v1::RESOURCE_NOT_DELETED,
     "Only a deleted record can be brought back, and this one is there.", "There is nothing to do.",
     "", "chancery undelete people/noda"},
    {types::v1::ETAG_MISMATCH, "Somebody has changed the record since it was read.",
     "Read it again, look at `chancery diff`, and repeat what is still right.", "",
     "chancery delete people/noda --etag stale"},
    {types::v1::CONSISTENCY_TOKEN_AHEAD,
     "The token's moment has not been reached here: the register has lost "
     "what came after, or is behind another.",
     "Ask without the token, and find out whether a backup was restored.",
     "$TOKEN comes from a register of which this one is an older copy.",
     "chancery get people/noda --token \"$TOKEN\""},
    {types::v1::RESPONSE_TOO_LARGE, "The answer would be larger than a message may be, 4 MiB.",
     "Ask for fewer records; the error says how many fit.", "",
     "names=$(for i in $(seq 62); do printf '{\"id\": \"n%d\", \"text\": "
     "\"%04000d\"}, ' $i 0; done)\n"
     "for r in $(seq 18); do echo \"{\\\"name\\\": \\\"people/big-$r\\\", \\\"names\\\": "
     "[$names{\\\"id\\\": \\\"z\\\", \\\"text\\\": \\\"Z\\\"}]}\"; done | chancery import -\n"
     "chancery get $(seq -f people/big-%g 18)"},
    {types::v1::STORE_BUSY,
     "Too much is waiting to be written or read, or the disk is nearly full. "
     "Nothing was changed.",
     "Try again in a moment; look at the free space of the disk.", "The disk is nearly full.",
     "chancery delete people/noda"},
    {types::v1::STORE_UNAVAILABLE,
     "A service is going down, or its store has stopped or can not be opened.",
     "Look at the log of the service; then start it again.",
     "Where $DATA should have a store's first file there is a folder.",
     "chancery inspect verify --data \"$DATA\""},
    {types::v1::COMMIT_INDETERMINATE,
     "The disk failed while the change was written: it may be there after a "
     "restart, or not.",
     "Once the service is up again, repeat the request under the same request "
     "id.",
     "The disk fails.", "chancery delete people/noda"},
    {types::v1::STORE_CORRUPT, "Stored bytes are not what was written. Nothing of them is served.",
     "Restore from a backup; `chancery inspect verify` says what is hit.",
     "The middle of a log in $DATA has been overwritten.",
     "chancery inspect verify --data \"$DATA\""},
    {types::v1::SERVICE_UNREACHABLE, "Nobody answers there.",
     "Start the register with `chancery serve`, or name another with "
     "--address.",
     "", "chancery get people/noda --address 127.0.0.1:1"},
    {types::v1::CLOCK_SKEW,
     "The clock of a service is too far from the gateway's; it is left out "
     "rather than answer of another time.",
     "Set the clocks by NTP.", "The clock of one service is an hour slow.",
     "chancery timeline russia japan"},
    {types::v1::DEADLINE_EXPIRED,
     "No answer came in time; a write may have been done all the same.",
     "Give it longer with --timeout; repeat a write under the request id of "
     "the error.",
     "", "chancery list events --timeout 1us"},
    {types::v1::CALL_CANCELLED, "The call was given up before it was answered.", "Call again.",
     "The server gives up the call.", "chancery get people/noda"},
    {types::v1::INTERNAL_FAULT, "A fault of the server; its log has the details.",
     "Report it with the lines of the log.", "The server has a fault.", "chancery get people/noda"},
    {types::v1::METHOD_NOT_SERVED,
     "The server does not have this method: it is older than the client, or "
     "it is a single service and no gateway.",
     "Ask the gateway, or bring both to one release.",
     "$PEOPLE is where the people service alone answers.",
     "chancery timeline russia japan --address \"$PEOPLE\""},
    {types::v1::STORE_LOCKED, "Another process holds the store.",
     "Stop the process that the error names, or take another folder with "
     "--data.",
     "A register is served from $DATA.", "chancery inspect verify --data \"$DATA\""},
    {types::v1::FORMAT_UNSUPPORTED, "The store was written by a newer release.",
     "Use that release, or a newer one.", "$DATA was written by a newer release.",
     "chancery inspect verify --data \"$DATA\""},
    {types::v1::DERIVATION_STALE,
     "This release derives the indexes differently from the one that wrote "
     "the store.",
     "Rebuild them once with `chancery inspect reindex`.", "$DATA was written by an older release.",
     "chancery serve --port 0 --data \"$DATA\""},
    {types::v1::WAL_TAIL_LOST,
     "Commits that had been acknowledged are gone from the end of the log.",
     "Restore a backup, or go on without them: the error says with which flag.",
     "$DATA has lost its logs.", "chancery serve --port 0 --data \"$DATA\""},
    {types::v1::ADDRESS_TAKEN, "Another process listens on the address.",
     "Stop it, or choose another with --port or --listen; port 0 is always "
     "free.",
     "", "chancery serve --ephemeral --listen \"$CHANCERY_ADDRESS\""},
    {types::v1::USAGE_INVALID, "The command line, or a setting, is wrong. Nothing was sent.",
     "The error names the flag or argument; `chancery help COMMAND` has them "
     "all.",
     "", "chancery lst people"},
    {types::v1::IMPORT_CONFLICT,
     "A line says something else than the record that was edited, or came "
     "from elsewhere. The record is left as it is.",
     "Decide which is right: change the record with `chancery edit`, or put "
     "the line on it with `chancery claim`.",
     "",
     "chancery edit people/noda --set birth=1957 --note 'from his page'\n"
     "echo '{\"name\": \"people/noda\", \"names\": [{\"id\": \"a\", \"text\": \"A\"}]}' | "
     "chancery import -"},
    {types::v1::IMPORT_SPILL_FULL,
     "Too many lines of an import wait for records that later lines, or none, bring.",
     "Import the files with what they refer to first, or allow more with --max-waiting.", "",
     "echo '{\"name\": \"people/x\", \"state\": \"states/nowhere\"}' | "
     "chancery import - --max-waiting 0"},
    {types::v1::STORE_NOT_EMPTY, "A history is restored into a register that holds something else.",
     "Restore into an empty one: `chancery serve --data` with a new folder.", "",
     "echo '{\"commitTime\": \"2020-01-01T00:00:00Z\", \"record\": {\"@type\": "
     "\"type.googleapis.com/chancery.people.v1.Person\", \"name\": \"people/x\"}}' | "
     "chancery restore -"},
};

}  // namespace

absl::Span<const Explanation> Explanations() { return kRows; }

const Explanation* FindExplanation(absl::string_view reason) {
  for (const Explanation& row : Explanations()) {
    if (types::v1::ErrorReason_Name(row.reason) == reason) return &row;
  }
  return nullptr;
}

}  // namespace chancery::ctl
