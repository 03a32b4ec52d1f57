// Package session is all that the screens share: the texts, the candidates, their
// vectors, what is under way, what was spent, and the choices that hold for more
// than one screen. It belongs to the loop: only Update changes it, through methods
// that give commands. It knows no sentence, style or key; what has happened it tells
// as events and figures. It may import compare, api and loop.
package session
