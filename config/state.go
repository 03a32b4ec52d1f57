package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/oserr"
)

// StateVersion is the version of the state file that this program writes. It
// grows when an older program could no longer read the file rightly.
const StateVersion = 2

// maxState is the largest state file read, in bytes: far more than the most texts
// that can be opened.
const maxState = 512 << 20

// Text is one remembered text.
type Text struct {
	ID    string `json:"id,omitempty"`
	Text  string `json:"text"`
	Group string `json:"group,omitempty"`
	Lang  string `json:"lang,omitempty"`
}

// Replaced are texts that are no longer the corpus; the fields mean what those of
// State of the same names do.
type Replaced struct {
	Texts  []Text `json:"texts,omitempty"`
	Set    string `json:"set,omitempty"`
	Source string `json:"source,omitempty"`
	Edited bool   `json:"edited,omitempty"`
	Files  *Files `json:"files,omitempty"`
}

// Files are those that texts were read from, and what was said of how to read them.
type Files struct {
	Paths       []string `json:"paths"`
	TextColumn  string   `json:"text_column,omitempty"`
	IDColumn    string   `json:"id_column,omitempty"`
	GroupColumn string   `json:"group_column,omitempty"`
	Encoding    string   `json:"encoding,omitempty"`
}

// State is the session as it was left.
type State struct {
	// Version is that of the file; 0 means that nothing was remembered.
	Version int `json:"version"`
	// Texts are the corpus in its order.
	Texts []Text `json:"texts,omitempty"`
	// Set is the name of the built-in set that the texts are; empty when they are
	// the person's own.
	Set string `json:"set,omitempty"`
	// Source says where the texts came from, for people: a set's title, a file's
	// name.
	Source string `json:"source,omitempty"`
	// Edited tells that the texts were changed since they came from Source.
	Edited bool `json:"edited,omitempty"`
	// Files are those that the texts were read from; nil when none were.
	Files *Files `json:"files,omitempty"`
	// Replaced are the person's own texts that others took the place of last, so
	// that a later session can bring them back; nil when there are none.
	Replaced *Replaced `json:"replaced,omitempty"`
	// Candidates are their ids, dimensions included, in their order.
	Candidates []string `json:"candidates,omitempty"`
	// Roles are how texts are sent to models where the person has edited that, by
	// model reference.
	Roles map[string]api.Roles `json:"roles,omitempty"`
	// QueryPrefixes are what programs before there were roles remember of it: what goes
	// before queries. It is read and not written.
	QueryPrefixes map[string]string `json:"query_prefixes,omitempty"`
	// Threshold is the one that all candidates share.
	Threshold float64 `json:"threshold"`
	// Thresholds holds the candidates' own thresholds, by id; they count when
	// ThresholdEach is set.
	Thresholds    map[string]float64 `json:"thresholds,omitempty"`
	ThresholdEach bool               `json:"threshold_each,omitempty"`
	// Screen is the name of the screen that was shown.
	Screen string `json:"screen,omitempty"`
	// Screens holds what each screen remembers of itself, by the screen's name, in
	// words of its own.
	Screens map[string]json.RawMessage `json:"screens,omitempty"`
	// Theme is what was chosen in the program; empty leaves it to the settings.
	Theme string `json:"theme,omitempty"`
	// LightBackground tells that the terminal's background was light when it last said:
	// the first frame is drawn before it can say so again.
	LightBackground bool `json:"light_background,omitempty"`
	// Order is the order of the texts in matrices.
	Order string `json:"order,omitempty"`
	// Marks are what the person has said of pairs of texts.
	Marks []Mark `json:"marks,omitempty"`
	// Asked are the queries that the person has asked, with what they said of the texts
	// found, the last one asked last.
	Asked []Asked `json:"asked,omitempty"`
	// Labels are those that were opened beside texts; nil when there are none.
	Labels *Labels `json:"labels,omitempty"`
	// Trial is what was chosen for the trial of the candidates at the labels.
	Trial Trial `json:"trial,omitzero"`
}

// Mark is what the person has said of two texts, which it names by their words.
type Mark struct {
	A       string `json:"a"`
	B       string `json:"b"`
	Verdict string `json:"verdict"`
}

// Asked is a query that the person has asked of the texts that Of names.
type Asked struct {
	Of     string `json:"of,omitempty"`
	Text   string `json:"text"`
	Source string `json:"source,omitempty"`
	// Graded are the texts that were judged, by their words.
	Graded   []Graded `json:"graded,omitempty"`
	Pool     int      `json:"pool,omitempty"`
	Complete bool     `json:"complete,omitempty"`
}

// Graded is how relevant a text is: 2, 1 for partly, 0 for not.
type Graded struct {
	Text  string  `json:"text"`
	Grade float64 `json:"grade"`
}

// Labels are those of a file, for the texts of one origin.
type Labels struct {
	File string `json:"file"`
	// Path is where the file was; empty in states of before it was remembered.
	Path string `json:"path,omitempty"`
	// Source and Set are those of the texts, as in State.
	Source string `json:"source,omitempty"`
	Set    string `json:"set,omitempty"`
	// Content are the labels in the words of those who read them.
	Content json.RawMessage `json:"content"`
}

// Trial is what was chosen for the trial of the candidates; the zero value leaves all
// as it is at first.
type Trial struct {
	// Task is what they are tried at; empty leaves it to the labels.
	Task string `json:"task,omitempty"`
	// Seed is what resamples are drawn by; nil is the default.
	Seed *uint64 `json:"seed,omitempty"`
	// MaxPrice, in US dollars per million tokens, MaxDimensions, MaxMilliseconds and
	// LocalOnly are the limits of the verdict; 0 is none.
	MaxPrice        float64 `json:"max_price,omitempty"`
	MaxDimensions   int     `json:"max_dimensions,omitempty"`
	MaxMilliseconds float64 `json:"max_milliseconds,omitempty"`
	LocalOnly       bool    `json:"local_only,omitempty"`
}

// StateError reports a state file that can neither be read nor set aside. It is
// left as it is; a save would fail or replace it.
type StateError struct {
	Path string
	Err  error
}

func (e *StateError) Error() string {
	return fmt.Sprintf("the last session in %s cannot be read (%s); move that file away", oserr.Printable(e.Path), oserr.Reason(e.Err))
}

// Unwrap gives the cause.
func (e *StateError) Unwrap() error { return e.Err }

// errNewer tells that the file was written by a later version of the program.
var errNewer = errors.New("a newer version of vecscope wrote it")

// LoadState reads the remembered session. A missing file, or an empty path, gives
// the zero State. A file that cannot be read is renamed to PATH.corrupt-1, -2, …,
// so that nothing is lost, and notice says so in a sentence. The error is a
// *StateError and comes with the zero State.
func LoadState(path string) (s State, notice string, err error) {
	s, err = readState(path)
	switch {
	case err == nil:
		return s, "", nil
	case missing(err):
		return State{}, "", nil
	}
	aside, moved := setAside(path)
	if moved != nil {
		return State{}, "", &StateError{Path: path, Err: errors.Join(err, moved)}
	}
	return State{}, fmt.Sprintf("The last session could not be read (%s); it was kept as %s.", oserr.Reason(err), oserr.Printable(aside)), nil
}

func readState(path string) (State, error) {
	data, err := oserr.ReadRegular(path, maxState)
	if err != nil {
		return State{}, err
	}
	var header struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &header); err != nil {
		return State{}, fmt.Errorf("it is damaged: %w", err)
	}
	switch {
	case header.Version > StateVersion:
		return State{}, errNewer
	case header.Version < 1:
		return State{}, errors.New("it is no state file of vecscope")
	}
	var s State
	if err := json.Unmarshal(data, &s); err != nil {
		return State{}, fmt.Errorf("it is damaged: %w", err)
	}
	if header.Version == 1 {
		if err := s.convert(data); err != nil {
			return State{}, fmt.Errorf("it is damaged: %w", err)
		}
	}
	s.repair()
	return s, nil
}

// convert takes from a file of version 1, in which the choices of all screens stood
// side by side, what each screen remembers of itself.
func (s *State) convert(data []byte) error {
	var before struct {
		ColorScale       string `json:"color_scale"`
		Cells            string `json:"cells"`
		PairSort         string `json:"pair_sort"`
		PairSortReversed bool   `json:"pair_sort_reversed"`
		Disagree         bool   `json:"disagree"`
	}
	if err := json.Unmarshal(data, &before); err != nil {
		return err
	}
	s.Version = StateVersion
	s.Screens = map[string]json.RawMessage{}
	for screen, choices := range map[string]any{
		"matrices":   map[string]any{"color_scale": before.ColorScale, "cells": before.Cells},
		"duplicates": map[string]any{"sort": before.PairSort, "reversed": before.PairSortReversed, "disagree": before.Disagree},
	} {
		kept, err := json.Marshal(choices)
		if err != nil {
			return err
		}
		s.Screens[screen] = kept
	}
	return nil
}

// repair puts the default in the place of thresholds and limits that cannot be: one number
// edited by hand is no reason to put all texts aside.
func (s *State) repair() {
	possible := func(threshold float64) bool { return threshold >= -1 && threshold <= 1 }
	if !possible(s.Threshold) {
		s.Threshold = Defaults().Threshold
	}
	s.Trial.MaxPrice, s.Trial.MaxMilliseconds = max(s.Trial.MaxPrice, 0), max(s.Trial.MaxMilliseconds, 0)
	s.Trial.MaxDimensions = max(s.Trial.MaxDimensions, 0)
	for id, threshold := range s.Thresholds {
		if !possible(threshold) {
			delete(s.Thresholds, id)
		}
	}
}

// setAside renames a file to the first free name, and gives that.
func setAside(path string) (string, error) {
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.corrupt-%d", path, n)
		// Taking the name first keeps two programs from choosing the same one.
		f, err := os.OpenFile(aside, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		if err := errors.Join(f.Close(), os.Rename(path, aside)); err != nil {
			return "", errors.Join(err, os.Remove(aside))
		}
		return filepath.Base(aside), nil
	}
}
