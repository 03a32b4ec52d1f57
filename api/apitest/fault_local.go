package apitest

import (
	"net/http"

	"github.com/vecscope/vecscope/api"
)

// replacedBy is the identity of models that took the place of others.
const replacedBy api.Identity = "replaced"

// ModelReplaced puts another model behind the name that was asked for, once the answer is
// made: its vectors, digest and size are others from then on.
func ModelReplaced() Fault {
	return Fault{name: "model-replaced", reply: func(x *exchange, r *reply) {
		if r.status == http.StatusOK {
			x.server.replace(x.request.Model)
		}
	}}
}

// replace gives a model another identity; a second time changes nothing.
func (s *Server) replace(id string) {
	models := s.Models()
	for i := range models {
		if models[i].ID == id {
			models[i].Identity = replacedBy
		}
	}
	s.SetModels(models)
}

// Unexplained is the 400 of a gateway that takes no more than one text at a time and does
// not say so.
func Unexplained() Fault {
	return instead("unexplained", func(x *exchange) reply {
		if len(x.request.Inputs) < 2 {
			return x.route()
		}
		return x.fail(failure{status: http.StatusBadRequest, kind: invalidRequest, message: "Bad Request"})
	})
}
