// Package cache keeps the vectors that were paid for, so that no text is paid
// for twice, and counts what was spent. A Cache is one SQLite file, which
// several programs may share; a Provider puts it before a server. The texts
// themselves are not kept, only their SHA-256; nor is any key.
//
// What cannot be kept on the disk is kept in memory, and the program goes on:
// no fault of the file is worth a run. It may import api, api/oserr, the
// standard library, the database's driver and what locks files.
package cache
