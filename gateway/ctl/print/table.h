#ifndef CHANCERY_GATEWAY_CTL_PRINT_TABLE_H_
#define CHANCERY_GATEWAY_CTL_PRINT_TABLE_H_

#include <string>
#include <vector>

// Rows and columns for eyes and for pipes. Nothing is ever cut: on a terminal long cells go on in
// further lines of their column, in a pipe every row is one line with its full values.

namespace chancery::ctl {

struct Table {
  std::vector<std::string> columns;
  // As many cells as there are columns.
  std::vector<std::vector<std::string>> rows;
};

// Columns side by side, two spaces apart, in at most `width` columns of the terminal as long as
// each column can have a few of them.
std::string FitTable(const Table& table, int width);

// The same columns separated by tabs, the heading first.
std::string PipeTable(const Table& table);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_TABLE_H_
