#include "services/chronology/edtf.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

struct Facts {
  std::string text;
  std::string earliest;
  std::string latest;
  Shape shape;
  Precision precision;
};

TEST(EdtfTest, KnowsBoundsShapeAndPrecision) {
  const Facts table[] = {
      {"2012-06-18", "2012-06-18", "2012-06-18", Shape::kPoint, Precision::kDay},
      {"2009-05", "2009-05-01", "2009-05-31", Shape::kPoint, Precision::kMonth},
      {"2009-02", "2009-02-01", "2009-02-28", Shape::kPoint, Precision::kMonth},
      {"2012-02", "2012-02-01", "2012-02-29", Shape::kPoint, Precision::kMonth},
      {"1956", "1956-01-01", "1956-12-31", Shape::kPoint, Precision::kYear},
      {"9999-12", "9999-12-01", "9999-12-31", Shape::kPoint, Precision::kMonth},
      {"201X", "2010-01-01", "2019-12-31", Shape::kPoint, Precision::kDecade},
      {"20XX", "2000-01-01", "2099-12-31", Shape::kPoint, Precision::kCentury},
      {"2004-XX", "2004-01-01", "2004-12-31", Shape::kPoint, Precision::kYear},
      {"2004-XX-XX", "2004-01-01", "2004-12-31", Shape::kPoint, Precision::kYear},
      {"2004-06-XX", "2004-06-01", "2004-06-30", Shape::kPoint, Precision::kMonth},
      {"2001-21", "2001-01-01", "2001-12-31", Shape::kPoint, Precision::kSeason},
      {"2001-24", "2001-01-01", "2001-12-31", Shape::kPoint, Precision::kSeason},
      {"1956~", "1956-01-01", "1956-12-31", Shape::kPoint, Precision::kYear},
      {"[2009-10-12..2009-10-14]", "2009-10-12", "2009-10-14", Shape::kWithin, Precision::kDay},
      {"[2009-10..2009-11-02]", "2009-10-01", "2009-11-02", Shape::kWithin, Precision::kMonth},
      {"[..2003]", "", "2003-12-31", Shape::kOnOrBefore, Precision::kYear},
      {"[..2012-03-05]", "", "2012-03-05", Shape::kOnOrBefore, Precision::kDay},
      {"[2012-09-08..]", "2012-09-08", "", Shape::kOnOrAfter, Precision::kDay},
      {"[2003,2005..2006]", "2003-01-01", "2006-12-31", Shape::kOneOf, Precision::kYear},
      {"[..1984,1990]", "", "1990-12-31", Shape::kOneOf, Precision::kYear},
      {"[..1984,1990..]", "", "", Shape::kOneOf, Precision::kYear},
      {"2008-11-05/2008-11-08", "2008-11-05", "2008-11-08", Shape::kThroughout, Precision::kDay},
      {"2009-05-20/2010", "2009-05-20", "2010-12-31", Shape::kThroughout, Precision::kYear},
      {"2009/2009", "2009-01-01", "2009-12-31", Shape::kThroughout, Precision::kYear},
      {"2007/..", "2007-01-01", "", Shape::kOngoing, Precision::kYear},
      {"2007/", "2007-01-01", "", Shape::kEndUnknown, Precision::kYear},
      {"../2007-05", "", "2007-05-31", Shape::kStartOpen, Precision::kMonth},
      {"/2007-05-03", "", "2007-05-03", Shape::kStartUnknown, Precision::kDay},
  };
  for (const Facts& row : table) {
    const Edtf date = Date(row.text);
    EXPECT_EQ(Text(date.earliest()), row.earliest) << row.text;
    EXPECT_EQ(Text(date.latest()), row.latest) << row.text;
    EXPECT_EQ(date.shape(), row.shape) << row.text;
    EXPECT_EQ(date.precision(), row.precision) << row.text;
  }
}

TEST(EdtfTest, GathersTheDoubtsOfAllItsDates) {
  EXPECT_EQ(Date("2008").qualifier(), Qualifier::kExact);
  EXPECT_EQ(Date("2008?").qualifier(), Qualifier::kUncertain);
  EXPECT_EQ(Date("2008~").qualifier(), Qualifier::kApproximate);
  EXPECT_EQ(Date("2008%").qualifier(), Qualifier::kUncertainAndApproximate);
  EXPECT_EQ(Date("2008/2012?").qualifier(), Qualifier::kUncertain);
  EXPECT_EQ(Date("2008~/..").qualifier(), Qualifier::kApproximate);
  EXPECT_EQ(Date("2008~/2012?").qualifier(), Qualifier::kUncertainAndApproximate);
  EXPECT_EQ(Date("[2003,2005?]").qualifier(), Qualifier::kUncertain);
}

TEST(EdtfTest, CanLeaveTheDoubtsOut) {
  EXPECT_EQ(Date("2008~/2012?").WithoutQualifiers(), Date("2008/2012"));
  EXPECT_EQ(Date("[2003?..2003]").WithoutQualifiers(), Date("2003"));
  EXPECT_EQ(Date("../2012%").WithoutQualifiers(), Date("../2012"));
}

TEST(EdtfTest, IsEqualOnlyToWhatIsWrittenAlike) {
  EXPECT_EQ(Date("2009"), Date("2009"));
  EXPECT_NE(Date("2009"), Date("2009-XX"));
  EXPECT_NE(Date("2009"), Date("2009?"));
  EXPECT_NE(Date("2009"), Date("2009/2009"));
  EXPECT_NE(Date("2007/.."), Date("2007/"));
  EXPECT_NE(Date("2007/.."), Date("[2007..]"));
}

}  // namespace
}  // namespace chancery::chronology
