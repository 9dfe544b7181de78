// A MongoDB-compatible server for the tests: FerretDB, over a PostgreSQL database of its own.
// `ferretdb PORT POSTGRESQL-URL` listens on 127.0.0.1:PORT (0: any free one), writes its address as one line, and ends
// when its standard input does: it never outlives the run that started it.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:      ferretdb.ListenerConfig{TCP: "127.0.0.1:" + os.Args[1]},
		Logger:        slog.New(slog.DiscardHandler), // what clients do wrong, it tells them
		Handler:       "postgresql",
		PostgreSQLURL: os.Args[2],
	})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		fmt.Println(server.MongoDBURI())
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	_ = server.Run(ctx)
}
