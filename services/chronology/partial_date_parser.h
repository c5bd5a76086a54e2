#ifndef CHANCERY_SERVICES_CHRONOLOGY_PARTIAL_DATE_PARSER_H_
#define CHANCERY_SERVICES_CHRONOLOGY_PARTIAL_DATE_PARSER_H_

#include "services/chronology/partial_date.h"
#include "services/chronology/text_cursor.h"

namespace chancery::chronology {

// Reads one date with its qualifier from where the cursor stands, up to the first character that
// cannot belong to it: `2009-05` of `2009-05/2010`. Internal to the parser.
bool ReadPartialDate(TextCursor& cursor, PartialDate& date);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_PARTIAL_DATE_PARSER_H_
