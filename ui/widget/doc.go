// Package widget has the parts that screens and boxes are made of: list, table,
// picker, questions, prompts, reader and editor. They draw exact lines and know no
// screen and no session. It may import the contract and the leaves.
package widget
