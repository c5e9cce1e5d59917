// Lints and renders a chart with Helm's own packages: `helm-chart CHART` reads a JSON list of renders and prints their outcomes.
// Helm's command line would bring registries, plugins and signatures, which take longer to compile than all that is used here.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/lint"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"k8s.io/client-go/rest"
)

// A cluster is what `lookup` asks; without one it finds nothing, as in `helm template`.
type cluster struct {
	Server string `json:"server"`
	CA     string `json:"ca"`
	Token  string `json:"token"`
}

type render struct {
	Release   string         `json:"release"`
	Namespace string         `json:"namespace"`
	Upgrade   bool           `json:"upgrade"`
	Values    map[string]any `json:"values"`
	Cluster   *cluster       `json:"cluster"`
}

// An outcome has the manifest in the order in which Helm installs it, or the error that Helm would end with.
type outcome struct {
	Lint     []string `json:"lint"`
	Manifest string   `json:"manifest"`
	Notes    string   `json:"notes"`
	Error    string   `json:"error"`
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder string) error {
	var renders []render
	if err := json.NewDecoder(os.Stdin).Decode(&renders); err != nil {
		return err
	}
	outcomes := make([]outcome, 0, len(renders))
	for _, one := range renders {
		// Loaded anew each time: rendering merges the values into the chart.
		loaded, err := loader.Load(folder)
		if err != nil {
			return err
		}
		outcomes = append(outcomes, outcomeOf(folder, loaded, one))
	}
	return json.NewEncoder(os.Stdout).Encode(outcomes)
}

func outcomeOf(folder string, loaded *chart.Chart, one render) outcome {
	result := outcome{Lint: []string{}}
	for _, message := range lint.RunAll(folder, one.Values, one.Namespace).Messages {
		result.Lint = append(result.Lint, message.Error())
	}
	files, err := filesOf(loaded, one)
	if err != nil {
		result.Error = err.Error()
		return result
	}
	for name, content := range files {
		if path.Base(name) == "NOTES.txt" {
			result.Notes = content
			delete(files, name)
		}
	}
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		result.Error = err.Error()
		return result
	}
	if len(hooks) > 0 {
		result.Error = "hooks are not expected here: " + hooks[0].Path
		return result
	}
	var manifest strings.Builder
	for _, one := range manifests {
		fmt.Fprintf(&manifest, "---\n# Source: %s\n%s\n", one.Name, one.Content)
	}
	result.Manifest = manifest.String()
	return result
}

func filesOf(loaded *chart.Chart, one render) (map[string]string, error) {
	options := common.ReleaseOptions{Name: one.Release, Namespace: one.Namespace, Revision: 1, IsInstall: !one.Upgrade, IsUpgrade: one.Upgrade}
	values, err := util.ToRenderValues(loaded, one.Values, options, nil)
	if err != nil {
		return nil, err
	}
	if one.Cluster == nil {
		return engine.Render(loaded, values)
	}
	tls := rest.TLSClientConfig{CAData: []byte(one.Cluster.CA)}
	return engine.RenderWithClient(loaded, values, &rest.Config{Host: one.Cluster.Server, BearerToken: one.Cluster.Token, TLSClientConfig: tls})
}
