// Package plot draws numbers into cells of a terminal: the heat map of a matrix and
// the curve of pairs over a threshold. Its drawings are pure and exact to the cell. It
// may import theme and term.
package plot
