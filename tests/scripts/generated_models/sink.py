"""Where the makers put their files: `LIBRARY/correct/NAME` and `LIBRARY/broken/KIND/NAME`, with counts of what was run.

The path says all that the report needs to know of a file, so nothing else is written beside them but `made.json`.
"""

import importlib.metadata
import json
import os
import pathlib
import sys


class Sink:
    """The folder of one library."""

    def __init__(self, library, packages):
        self.folder = pathlib.Path(sys.argv[1]) / library
        self.counts = {"executed": 0, "not_executed": 0, "refused": []}
        self.counts["versions"] = {name: version(name) for name in packages}

    def correct(self, name, data, executed):
        """Writes a correct model. `executed`: a loss or a step of training was computed of just this pair."""
        self.counts["executed" if executed else "not_executed"] += 1
        return self._write(self.folder / "correct" / name, data)

    def broken(self, kind, name, data, facts=None):
        """Writes a twin that is certainly mistaken, in the way that `kind` tells; `facts` are declared beside it."""
        path = self._write(self.folder / "broken" / kind.replace(" ", "-") / name, data)
        if facts:
            path.with_suffix(".facts.toml").write_text(facts)
        return path

    def refused(self, name, error):
        """Notes a model that was meant to be correct, but that the library did not run: it is not written."""
        self.counts["refused"].append(f"{name}: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:200])

    def close(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "made.json").write_text(json.dumps(self.counts, indent=1))

    def _write(self, path, data):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise SystemExit(f"{path} is made twice")
        if callable(data):
            data(path)
        elif isinstance(data, str):
            path.write_text(data)
        else:
            path.write_text(dump(data, path.suffix))
        return path


def dump(data, ending):
    """`data` as JSON or YAML, by the ending of the file's name."""
    if ending == ".json":
        return json.dumps(data, indent=2) + "\n"
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, _):
            return True

    return yaml.dump(data, Dumper=Plain, sort_keys=False)


def quiet():
    """Keeps the libraries from talking and from reaching for the network; called before they are imported."""
    os.environ.update(
        TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", HF_HUB_OFFLINE="1", TF_ENABLE_ONEDNN_OPTS="0",
        TRANSFORMERS_VERBOSITY="error", NO_ALBUMENTATIONS_UPDATE="1",
    )
    import warnings

    warnings.filterwarnings("ignore")


def version(package):
    """The version of a package, which may be installed in the build that has no GPU."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return importlib.metadata.version(f"{package}-cpu")
