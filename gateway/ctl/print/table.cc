#include "gateway/ctl/print/table.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/print/text_width.h"

namespace chancery::ctl {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 6;

using Row = std::vector<std::string>;

Row OneLineCells(const Row& row) {
  Row cells;
  for (const std::string& cell : row) cells.push_back(OneLine(cell));
  return cells;
}

std::vector<Row> AllRows(const Table& table) {
  std::vector<Row> rows = {table.columns};
  for (const Row& row : table.rows) rows.push_back(OneLineCells(row));
  return rows;
}

std::vector<int> NaturalWidths(const std::vector<Row>& rows) {
  std::vector<int> widths(rows.front().size(), 0);
  for (const Row& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  }
  return widths;
}

// Takes from the widest column, again and again, until all fit.
void Shrink(std::vector<int>& widths, int available) {
  int total = std::accumulate(widths.begin(), widths.end(), 0);
  while (total > available) {
    int& widest = *std::max_element(widths.begin(), widths.end());
    if (widest <= kNarrowest) return;
    --widest;
    --total;
  }
}

void AppendRow(const Row& row, const std::vector<int>& widths, std::string& out) {
  std::vector<std::vector<std::string>> cells;
  size_t height = 0;
  for (size_t i = 0; i < row.size(); ++i) {
    cells.push_back(WrapText(row[i], widths[i]));
    height = std::max(height, cells.back().size());
  }
  for (size_t line = 0; line < height; ++line) {
    std::string text;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text.append(kGap, ' ');
      text += PadText(line < cells[i].size() ? cells[i][line] : "", widths[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    absl::StrAppend(&out, text, "\n");
  }
}

}  // namespace

std::string FitTable(const Table& table, int width) {
  if (table.columns.empty()) return "";
  const std::vector<Row> rows = AllRows(table);
  std::vector<int> widths = NaturalWidths(rows);
  Shrink(widths, width - kGap * (static_cast<int>(widths.size()) - 1));
  std::string out;
  for (const Row& row : rows) AppendRow(row, widths, out);
  return out;
}

std::string PipeTable(const Table& table) {
  std::string out;
  for (const Row& row : AllRows(table)) absl::StrAppend(&out, absl::StrJoin(row, "\t"), "\n");
  return out;
}

}  // namespace chancery::ctl
