// Chancery beside the reference implementation, edtf.js 4.11.1 (npm `edtf`), whose answers were
// written down once in edtf_reference.tsv: which texts are dates, their first and last day, and
// whether they cover a day. Where we differ on purpose is listed here, with the reason and with our
// own answer; what is not listed must agree, and what is listed must differ.

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "services/chronology/edtf_parser.h"
#include "services/chronology/window.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

struct Row {
  std::string text;
  std::string validity;
  std::string min;
  std::string max;
  std::vector<std::string> covered;
  std::vector<std::string> not_covered;
};

std::vector<std::string> Words(const std::string& text) {
  return absl::StrSplit(text, ' ', absl::SkipEmpty());
}

std::vector<Row> ReadTable() {
  std::ifstream file(absl::StrCat(std::getenv("CHANCERY_SOURCE_DIR"),
                                  "/tests/services/chronology/edtf_reference.tsv"));
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    EXPECT_EQ(cells.size(), 6) << line;
    rows.push_back({cells[0], cells[1], cells[2], cells[3], Words(cells[4]), Words(cells[5])});
  }
  return rows;
}

bool Covers(const Edtf& date, const std::string& day) {
  const Window window{Day(day), Day(day)};
  return MatchWindow(date, window, WindowMode::kOverlaps) != WindowMatch::kNo;
}

// "valid 2009-05-01 2009-05-31", with the days on which we answer another cover: "+2009-05-12"
// where only we cover it, "-2009-05-12" where only the reference does.
std::string Ours(const Row& row) {
  const auto date = Parse(row.text);
  if (!date.ok()) return "invalid";
  std::string ours = absl::StrCat("valid ", Text(date->earliest()), " ", Text(date->latest()));
  for (const std::string& day : row.covered) {
    if (!Covers(*date, day)) absl::StrAppend(&ours, " -", day);
  }
  for (const std::string& day : row.not_covered) {
    if (Covers(*date, day)) absl::StrAppend(&ours, " +", day);
  }
  return ours;
}

std::string Theirs(const Row& row) {
  if (row.validity == "invalid") return row.validity;
  return absl::StrCat(row.validity, " ", row.min, " ", row.max);
}

struct Reason {
  std::string why;
  std::map<std::string, std::string> ours;  // by text
};

// NOLINTNEXTLINE(readability-function-size): a table
const std::vector<Reason>& Differences() {
  static const auto& differences = *new std::vector<Reason>{
      {"A range in a set runs to its end; the reference takes it for its first date.",
       {
           {"[2009-10-12..2009-10-14]", "valid 2009-10-12 2009-10-14 +2009-10-13"},
           {"[1667,1668,1670..1672]",
            "valid 1667-01-01 1672-12-31 -1669-06-15 +1671-01-01 +1671-06-15"},
           {"[..2003..2005]", "invalid"},
           {"{1667,1668,1670..1672}",
            "valid 1667-01-01 1672-12-31 -1669-06-15 +1671-01-01 +1671-06-15"},
           {"{2009-10-12..2009-10-14}", "valid 2009-10-12 2009-10-14 +2009-10-13"},
           {"{2009-05..2009-07}", "valid 2009-05-01 2009-07-31 +2009-06-01"},
           {"[2003,2005..2007]", "valid 2003-01-01 2007-12-31 -2004-07-01 +2006-01-01 +2006-06-15"},
           {"[2009-05-01..2009-05-31]", "valid 2009-05-01 2009-05-31 +2009-05-02"},
       }},
      {"What lies between the members of a set is none of them; the reference covers the "
       "whole.",
       {
           {"[2003,2005]", "valid 2003-01-01 2005-12-31 -2004-06-15 -2004-07-01"},
           {"[2009-05,2009-07]", "valid 2009-05-01 2009-07-31 -2009-06-15"},
           {"[2009-05-01,2009-06]", "valid 2009-05-01 2009-06-30 -2009-05-31"},
           {"[..1984,1990]", "valid  1990-12-31 -1988-04-05"},
           {"[1984,1990..]", "valid 1984-01-01  -1986-09-27"},
           {"[2009,2011-05]", "valid 2009-01-01 2011-05-31 -2010-03-17"},
           {"[2011-05-27,2011-11-12]", "valid 2011-05-27 2011-11-12 -2011-08-19"},
           {"[2009-01,2009-05,2009-10]", "valid 2009-01-01 2009-10-31 -2009-06-01"},
           {"{1960,1984..}", "valid 1960-01-01  -1962-09-27"},
       }},
      {"An end or a start that is not known has no bound; the reference has no day there "
       "and covers nothing.",
       {
           {"1990/", "valid 1990-01-01  +1990-01-01 +1995-06-15"},
           {"2009-05/", "valid 2009-05-01  +2009-05-01"},
           {"2009-05-12/", "valid 2009-05-12  +2009-05-12"},
           {"1990?/", "valid 1990-01-01  +1990-01-01"},
           {"/1990", "valid  1990-12-31"},
           {"/2009-05", "valid  2009-05-31"},
           {"/2009-05-12", "valid  2009-05-12"},
           {"/1990~", "valid  1990-12-31"},
       }},
      {"An interval has a date on one side at least.",
       {
           {"/", "invalid"},
           {"../..", "invalid"},
           {"/..", "invalid"},
           {"../", "invalid"},
       }},
      {"EDTF ties a season neither to months nor to a hemisphere: it is bounded by its "
       "year. The reference makes quarters of them, spring being January to March.",
       {
           {"2001-21", "valid 2001-01-01 2001-12-31 +2001-04-01"},
           {"2001-24", "valid 2001-01-01 2001-12-31 +2001-09-30"},
       }},
      {"What is no day is refused, or kept where the year 0000 has it. The reference moves "
       "29 February to 1 March, and reads eight digits as 1970.",
       {
           {"2009-02-29", "invalid"},
           {"1900-02-29", "invalid"},
           {"2100-02-29", "invalid"},
           {"20090512", "invalid"},
           {"0000-02-29", "valid 0000-02-29 0000-02-29"},
       }},
      {"A stay of one day, and one that began and ended in some year, are intervals; the "
       "reference wants its end to be later.",
       {
           {"2009-05-12/2009-05-12", "valid 2009-05-12 2009-05-12"},
           {"2009/2009", "valid 2009-01-01 2009-12-31"},
           {"2009-05-20/2009-05", "valid 2009-05-20 2009-05-31"},
       }},
      {"A set ascends; the reference takes the last member for the latest, wherever it "
       "lies.",
       {
           {"[2009,2008]", "invalid"},
           {"[2009..2008]", "invalid"},
           {"{1961,1960}", "invalid"},
       }},
      {"The bounds of a year before 0000 known to the year are those of the year; the "
       "reference has them crossed.",
       {
           {"-2004-XX", "valid -2004-01-01 -2004-12-31"},
       }},
      {"A year of any length has bounds; the reference's are those of a JavaScript date, "
       "or none.",
       {
           {"Y170000002", "valid 170000002-01-01 170000002-12-31"},
           {"Y-170000002", "valid -170000002-01-01 -170000002-12-31"},
       }},
      {"Any date may stand on its own, in an interval or in a set, and be doubted.",
       {
           {"000X?", "valid 0000-01-01 0009-12-31"},
           {"2001-22?", "valid 2001-01-01 2001-12-31"},
           {"201X?", "valid 2010-01-01 2019-12-31"},
           {"20XX~", "valid 2000-01-01 2099-12-31"},
           {"2004-XX?", "valid 2004-01-01 2004-12-31"},
           {"2001-21/2003", "valid 2001-01-01 2003-12-31"},
           {"[201X..2020]", "valid 2010-01-01 2020-12-31"},
           {"[2001-21..2003]", "valid 2001-01-01 2003-12-31"},
           {"[1667?,1668]", "valid 1667-01-01 1668-12-31"},
           {"{1960?,1961}", "valid 1960-01-01 1961-12-31"},
           {"Y12345/Y12346", "valid 12345-01-01 12346-12-31"},
       }},
      {"Parts of EDTF that the record does not use: times of day, qualifiers of one "
       "component, seasons from 25 on, other places for X, exponents, significant digits, "
       "centuries and decades of two and three digits.",
       {
           {"2010-06-09T22:00+09:00", "invalid"},
           {"1985-04-12T23:20:30Z", "invalid"},
           {"2004-06~-11", "invalid"},
           {"2001-25", "invalid"},
           {"XXXX", "invalid"},
           {"2XXX", "invalid"},
           {"2004-X1", "invalid"},
           {"XX04", "invalid"},
           {"20XX-05", "invalid"},
           {"2004-XX-25", "invalid"},
           {"04", "invalid"},
           {"200", "invalid"},
           {"-44", "invalid"},
           {"1950S2", "invalid"},
           {"Y17E8", "invalid"},
       }},
  };
  return differences;
}

TEST(ReferenceTest, AgreesWhereNoDifferenceIsMeant) {
  std::map<std::string, std::string> meant;
  for (const Reason& reason : Differences()) {
    meant.insert(reason.ours.begin(), reason.ours.end());
  }
  const std::vector<Row> rows = ReadTable();
  EXPECT_GE(rows.size(), 200);
  for (const Row& row : rows) {
    const auto found = meant.find(row.text);
    if (found == meant.end()) {
      EXPECT_EQ(Ours(row), Theirs(row)) << row.text;
      continue;
    }
    EXPECT_EQ(Ours(row), found->second) << row.text;
    EXPECT_NE(Ours(row), Theirs(row)) << row.text << " is listed, but does not differ";
    meant.erase(found);
  }
  for (const auto& [text, ours] : meant) ADD_FAILURE() << text << " is not in the table";
}

TEST(ReferenceTest, WhatIsAcceptedIsPrintedAsItWasRead) {
  for (const Row& row : ReadTable()) {
    const auto date = Parse(row.text);
    if (!date.ok()) continue;
    EXPECT_EQ(date->ToString(), row.text == "{1960}" ? "1960" : row.text);
  }
}

}  // namespace
}  // namespace chancery::chronology
