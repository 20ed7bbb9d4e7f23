"""The kinds of input of doubling.py: each a name and a function from a number of items to files and a command."""

import json

CHECK = ("check", "--fail-on", "never", "--format", "concise", "--jobs", "1")
HASH = "0123456789abcdef0123456789abcdef"
SERIES = []


def series(name, file, text, command=CHECK, **more):
    """A series of one file; `text` gives its text for a number of items. `more` are files beside it."""

    def make(items):
        files = {file: text(items), **{path.replace("__", "."): beside(items) for path, beside in more.items()}}
        return files, [*command, file]

    SERIES.append((name, make))


def lines(pattern):
    """A text of one line for each number."""
    return lambda items: "".join(pattern.format(i=i, next=i + 1) for i in range(items))


def around(begin, pattern, end, join=""):
    """The same between two texts."""
    return lambda items: begin + join.join(pattern.format(i=i, next=i + 1) for i in range(items)) + end


def folder(name, files, command=(*CHECK, ".")):
    """A series of a whole folder; `files` gives the files for a number of items."""
    SERIES.append((name, lambda items: (files(items), list(command))))


# Texts in each format, each with a mark so that it is parsed.
MARK = '"losslint": 1, "framework": "torch", '
series("json: keys of one object", "x.json", around("{" + MARK, '"k{i}": {i}', "}", ","))
series("json: one key again and again", "x.json", around("{" + MARK, '"k": {i}', "}", ","))
series("json: numbers", "x.json", around("{" + MARK + '"a": [', "{i}", "]}", ","))
series("json: texts with escapes", "x.json", around("{" + MARK + '"a": [', '"\\\\u00e9\\\\n{i}"', "]}", ","))
series("json: objects in a list", "x.json", around("{" + MARK + '"a": [', '{{"type": "Linear", "n": {i}}}', "]}", ","))
series("json: nested lists", "x.json", lambda n: "{" + MARK + '"a": ' + "[" * n + "]" * n + "}")
series("json: nested objects", "x.json", lambda n: "{" + MARK + '"a": ' + '{"a": ' * n + "1" + "}" * n + "}")
series("json: nested and never closed", "x.json", lambda n: "{" + MARK + '"a": ' + '[{"a": ' * n)
series("json: faults", "x.json", around("{" + MARK + '"a": [', "{i} nil ;", "]}", ","))
series("json: closing brackets too many", "x.json", lambda n: "{" + MARK + "}" + "]}" * n)
series("json: comments", "x.json", around("{" + MARK, "// remark {i}\n", '"a": 1}'))
series("json: suppressions in comments", "x.json", around("{" + MARK + '"a": [', "// losslint: ignore[label-format] because\n{i}", "]}", ","))
series("json: suppressions on one line", "x.json", around("{" + MARK + '"a": [', "/* losslint: ignore[label-format] why \u00e9 */ {i}", "]}", ","))
series("json: suppressions behind closing brackets", "x.json", lambda n: "{" + MARK + '"a": ' + "[" * n + "] // losslint: ignore[label-format] why\n" * n + "}")
series("json: suppressing keys", "x.json", around("{" + MARK + '"layers": [', '{{"type": "Linear", "losslint:ignore": {{"label-format": "why {i}"}}}}', "]}", ","))
series("json: a long text", "x.json", lambda n: "{" + MARK + '"a": "' + "x" * n + '"}')
series("json: a long key", "x.json", lambda n: "{" + MARK + '"' + "x" * n + '": 1}')
series("json: a long unknown name", "x.json", lambda n: "{" + MARK + '"loss": "' + "x" * n + '"}')
series("json: quotes never closed", "x.json", lambda n: "{" + MARK + '"a": ' + '"x\n' * n)
series("json: several values", "x.json", lambda n: "{" + MARK + '"a": 1}' + "{}" * n)
series("json lines", "x.json", lambda n: '{"losslint": 1, "a": 1}\n' * n)

YAML = "losslint: 1\nframework: torch\n"
series("yaml: keys of one object", "x.yaml", lambda n: YAML + lines("k{i}: {i}\n")(n))
series("yaml: one key again and again", "x.yaml", lambda n: YAML + lines("k: {i}\n")(n))
series("yaml: items", "x.yaml", lambda n: YAML + "a:\n" + lines("- {i}\n")(n))
series("yaml: objects in a list", "x.yaml", lambda n: YAML + "a:\n" + lines("- type: Linear\n  n: {i}\n")(n))
series("yaml: flow lists, nested", "x.yaml", lambda n: YAML + "a: " + "[" * n + "]" * n)
series("yaml: blocks, nested", "x.yaml", lambda n: YAML + "".join(f"{' ' * i}a:\n" for i in range(min(n, 240))) + lines("# {i}\n")(n))
series("yaml: block texts", "x.yaml", lambda n: YAML + lines("k{i}: |\n  one\n  two\n")(n))
series("yaml: a long block text", "x.yaml", lambda n: YAML + "k: >\n" + lines("  word {i}\n")(n))
series("yaml: anchors and aliases", "x.yaml", lambda n: YAML + "a: &a {b: 1}\n" + lines("k{i}: *a\n")(n))
series("yaml: an anchor for each alias", "x.yaml", lambda n: YAML + lines("a{i}: &n{i} 1\nk{i}: *n{i}\n")(n))
series("yaml: merge keys", "x.yaml", lambda n: YAML + "a: &a {b: 1, c: 2}\n" + lines("k{i}: {{<<: *a, d: {i}}}\n")(n))
series("yaml: merge keys in one object", "x.yaml", lambda n: YAML + "a: &a {b: 1}\nk:\n" + lines("  <<: *a\n")(n))
series("yaml: tags", "x.yaml", lambda n: YAML + lines("k{i}: !new:torch.nn.Linear {{n: {i}}}\n")(n))
series("yaml: comments", "x.yaml", lambda n: YAML + lines("# remark {i}\n")(n) + "a: 1\n")
series("yaml: suppressions in comments", "x.yaml", lambda n: YAML + lines("# losslint: ignore[label-format] because\nk{i}: 1\n")(n))
series("yaml: documents", "x.yaml", lambda n: YAML + lines("---\na: {i}\n")(n))
series("yaml: documents with models", "x.yaml", lambda n: lines("---\nlosslint: 1\nframework: torch\nloss: CrossEntropyLoss\nlayers: [{{type: Linear, out_features: 3}}, {{type: Softmax}}]\n")(n))
series("yaml: faults", "x.yaml", lambda n: YAML + lines("k{i}: [1, }}\n")(n))
series("yaml: tabs", "x.yaml", lambda n: YAML + "a:\n" + "\t- 1\n" * n)
series("yaml: quoted texts with escapes", "x.yaml", lambda n: YAML + lines('k{i}: "\\\\u00e9 {i}"\n')(n))
series("yaml: a quote never closed", "x.yaml", lambda n: YAML + 'k: "' + lines("word {i}\n")(n))

TOML = 'losslint = 1\nframework = "torch"\n'
series("toml: keys of one table", "x.toml", lambda n: TOML + lines("k{i} = {i}\n")(n))
series("toml: one key again and again", "x.toml", lambda n: TOML + lines("k = {i}\n")(n))
series("toml: tables", "x.toml", lambda n: TOML + lines("[t{i}]\na = {i}\n")(n))
series("toml: tables of one table", "x.toml", lambda n: TOML + lines("[t.k{i}]\na = {i}\n")(n))
series("toml: arrays of tables", "x.toml", lambda n: TOML + lines("[[t]]\na = {i}\n")(n))
series("toml: arrays of tables with tables", "x.toml", lambda n: TOML + lines("[[t]]\n[t.u]\na = {i}\n[[t.v]]\nb = 1\n")(n))
series("toml: dotted keys", "x.toml", lambda n: TOML + lines("t.k{i}.a = {i}\n")(n))
series("toml: dots in one key", "x.toml", lambda n: TOML + ".".join(["a"] * n) + " = 1\n")
series("toml: inline lists", "x.toml", lambda n: TOML + "a = [" + ",".join(map(str, range(n))) + "]\n")
series("toml: nested lists", "x.toml", lambda n: TOML + "a = " + "[" * n + "]" * n + "\n")
series("toml: comments", "x.toml", lambda n: TOML + lines("# remark {i}\n")(n))
series("toml: suppressions in comments", "x.toml", lambda n: TOML + lines("# losslint: ignore[label-format] because\nk{i} = 1\n")(n))
series("toml: faults", "x.toml", lambda n: TOML + lines("k{i} = = {i}\n")(n))
series("toml: texts never closed", "x.toml", lambda n: TOML + lines('k{i} = "{i}\n')(n))

# References.
series("references, each to the next", "x.yaml", lambda n: lines("v{i}: ${{v{next}}}\n")(n) + f"v{n}: 1\n")
series("references, all to one", "x.yaml", lambda n: "a: {b: 1}\n" + lines("v{i}: ${{a.b}}\n")(n))
series("references to items", "x.yaml", lambda n: "a: [" + ",".join(map(str, range(n))) + "]\n" + lines("v{i}: ${{a[{i}]}}\n")(n))
series("references to the end of a list", "x.yaml", lambda n: "a: [" + ",".join(map(str, range(n))) + "]\n" + f"v: ${{a[{n - 1}]}}\n" * n)
series("references that lead nowhere", "x.yaml", lines("v{i}: ${{w{i}.x}}\n"))
series("references with many parts", "x.yaml", lambda n: "loss: ${" + ".".join(["a"] * n) + "}\n")
series("references outwards", "x.yaml", lambda n: "loss: ${" + "." * n + "a}\n")
series("references of bundles", "x.yaml", lambda n: "_target_: monai.x\n" + lines("v{i}: '@v{next}'\n")(n) + f"v{n}: 1\n")
series("references of bundles to items", "x.json", lambda n: json.dumps({"loss": {"_target_": "monai.losses.DiceLoss"}, "a": list(range(n)), **{f"v{i}": f"@a#{i}" for i in range(n)}}))
series("expressions of bundles", "x.yaml", lambda n: "loss: {_target_: monai.losses.DiceLoss}\n" + lines("v{i}: '$@v{next}.to(@device)'\n")(n))
series("an expression with many calls", "x.yaml", lambda n: "loss: {_target_: monai.losses.DiceLoss}\nnetwork: '$@net" + ".to(@d)" * n + "'\n")
series("an expression with many brackets", "x.yaml", lambda n: "loss: {_target_: monai.losses.DiceLoss}\nnetwork: '$@net.to" + "(" * n + "'\n")
series("!ref of SpeechBrain", "x.yaml", lambda n: "loss: !name:speechbrain.nnet.losses.nll_loss\n" + lines("v{i}: !ref <v{next}>\n")(n))

# Losses, networks, heads.
LINEAR = "{_target_: torch.nn.Linear, in_features: 8, out_features: 3}"
LOSS = "_target_: torch.nn.CrossEntropyLoss"
series("hydra: losses in an object", "x.yaml", lambda n: f"model: {LINEAR}\nloss:\n" + lines("  l{i}: {{" + LOSS + "}}\n")(n))
series("hydra: losses in a list", "x.yaml", lambda n: f"model: {LINEAR}\nloss:\n" + lines("  - {{" + LOSS + "}}\n")(n))
series("hydra: losses below the top", "x.yaml", lambda n: f"model: {LINEAR}\n" + lines("l{i}: {{" + LOSS + "}}\n")(n))
series("hydra: losses by reference", "x.yaml", lambda n: f"model: {LINEAR}\nc: {{{LOSS}}}\nloss:\n" + lines("  l{i}: ${{c}}\n")(n))
series("hydra: one loss within the other", "x.yaml", lambda n: f"model: {LINEAR}\nloss: " + "{_target_: my.Loss, inner: " * min(n, 100) + "1" + "}" * min(n, 100) + "\n" + lines("# {i}\n")(n))
series("hydra: networks", "x.yaml", lambda n: f"loss: {{{LOSS}}}\n" + lines("n{i}: {{model: " + LINEAR.replace("{", "{{").replace("}", "}}") + "}}\n")(n))
series("hydra: classes of one's own", "x.yaml", lambda n: f"loss: {{{LOSS}}}\nmodel:\n" + lines("  n{i}: {{_target_: my.Class{i}}}\n")(n))
series("hydra: layers", "x.yaml", lambda n: f"loss: {{{LOSS}}}\nmodel:\n  _target_: torch.nn.Sequential\n  _args_:\n" + lines("    - {{_target_: torch.nn.ReLU}}\n")(n))
series("hydra: metrics", "x.yaml", lambda n: f"loss: {{{LOSS}}}\nmodel: {LINEAR}\nmetrics:\n" + lines("  m{i}: {{_target_: torchmetrics.Accuracy, task: binary}}\n")(n))
series("hydra: defaults", "conf.yaml", lambda n: "defaults:\n" + lines("  - g{i}: none\n")(n) + f"loss: {{{LOSS}}}\n")
folder("hydra: group files", lambda n: {"conf.yaml": "defaults:\n" + lines("  - g{i}: own\n")(n), **{f"g{i}/own.yaml": f"# @package g{i}\na: 1\n" for i in range(n)}}, (*CHECK, "conf.yaml"))
series("lightning: callbacks", "x.yaml", lambda n: "trainer:\n  callbacks:\n" + lines("    - class_path: my.Callback{i}\n")(n) + "model:\n  class_path: my.Model\n")
series("plain: losses by name", "x.yaml", lambda n: "model: {type: Linear, out_features: 3}\nloss:\n" + lines("  l{i}: {{type: MSELoss}}\n")(n))
series("spec: layers", "x.json", around('{"losslint": 1, "framework": "keras", "loss": "mse", "layers": [', '{{"type": "Dense", "units": {next}}}', "]}", ","))
series("spec: heads", "x.json", around('{"losslint": 1, "framework": "torch", "heads": [', '{{"name": "h{i}", "layers": [{{"type": "Linear", "out_features": 3}}, {{"type": "Softmax"}}], "loss": "CrossEntropyLoss"}}', "]}", ","))
series("spec: unknown keys", "x.toml", lambda n: TOML + "[heads]\n" + lines("lozz{i} = {i}\n")(n))
series("spec: unknown layers", "x.json", around('{"losslint": 1, "framework": "keras", "layers": [', '{{"type": "Denze{i}"}}', "]}", ","))
series("spec: metrics", "x.json", around('{"losslint": 1, "framework": "keras", "loss": "mse", "layers": [{"type": "Dense", "units": 1}], "metrics": [', '"m{i}"', "]}", ","))
series("spec: counts of classes", "x.json", around('{"losslint": 1, "framework": "keras", "loss": "mse", "layers": [{"type": "Dense", "units": 1}], "labels": {"class_counts": [', "{next}", "]}}", ","))


def keras(layers, outputs, loss):
    """An export of Keras 3 with these layers."""
    config = {"name": "m", "layers": layers, "input_layers": [["l0", 0, 0]], "output_layers": outputs}
    return json.dumps({"module": "keras", "class_name": "Functional", "config": config, "keras_version": "3.15.0", "compile_config": {"loss": loss}})


def dense(i, inputs, units=4):
    """One layer of an export; what it is called on in Keras 2's way."""
    calls = [[[f"l{j}", 0, 0, {}] for j in inputs]] if inputs else []
    kind = "Dense" if len(inputs) == 1 else "Add" if inputs else "InputLayer"
    return {"class_name": kind, "name": f"l{i}", "config": {"name": f"l{i}", "units": units, "activation": "linear"}, "inbound_nodes": calls}


series("keras: a chain of layers", "x.json", lambda n: keras([dense(i, [i - 1] if i else []) for i in range(n + 1)], [[f"l{n}", 0, 0]], "binary_crossentropy"))
series("keras: a chain listed backwards", "x.json", lambda n: keras([dense(i, [i - 1] if i else []) for i in reversed(range(n + 1))], [[f"l{n}", 0, 0]], "mse"))
series("keras: layers added to all before", "x.json", lambda n: keras([dense(i, [i - 1, max(0, i - 2)] if i else []) for i in range(n + 1)], [[f"l{n}", 0, 0]], "mse"))
series("keras: one layer that adds many", "x.json", lambda n: keras([dense(i, [0] if i else []) for i in range(n + 1)] + [dense(n + 1, list(range(n + 1)))], [[f"l{n + 1}", 0, 0]], "mse"))
series("keras: outputs", "x.json", lambda n: keras([dense(i, [0] if i else []) for i in range(n + 1)], [[f"l{i}", 0, 0] for i in range(1, n + 1)], ["mse"] * n))
series("keras: outputs with losses by name", "x.json", lambda n: keras([dense(i, [0] if i else []) for i in range(n + 1)], [[f"l{i}", 0, 0] for i in range(1, n + 1)], {f"l{i}": "mse" for i in range(1, n + 1)}))
series("keras: outputs with one loss", "x.json", lambda n: keras([dense(i, [0] if i else []) for i in range(n + 1)], [[f"l{i}", 0, 0] for i in range(1, n + 1)], "binary_crossentropy"))
series("keras: losses for no output", "x.json", lambda n: keras([dense(0, []), dense(1, [0])], [["l1", 0, 0]], {f"x{i}": "mse" for i in range(n)}))
series("keras: sequential", "x.json", lambda n: json.dumps({"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Dense", "config": {"name": f"d{i}", "units": 3}} for i in range(n)]}, "compile_config": {"loss": "mse"}}))
series("keras: nested models", "x.json", lambda n: '{"class_name": "Sequential", "keras_version": "2.0", "config": {"layers": [' * n + "]}}" * n)
series("hugging face: labels", "config.json", lambda n: json.dumps({"architectures": ["BertForSequenceClassification"], "model_type": "bert", "id2label": {str(i): f"L{i}" for i in range(n)}, "label2id": {f"L{i}": i for i in range(n)}}))
series("ludwig: outputs", "x.yaml", lambda n: "input_features: [{name: x, type: number}]\noutput_features:\n" + lines("  - {{name: y{i}, type: category}}\n")(n))
series("lightgbm: class weights", "x.json", around('{"objective": "multiclass", "num_class": 3, "class_weight": [', "{next}", "]}", ","))
series("paddleseg: losses", "x.yaml", lambda n: "model: {type: FCN, num_classes: 3}\nloss:\n  types:\n" + lines("    - {{type: CrossEntropyLoss}}\n")(n) + "  coef: [1]\n")
series("speechbrain: layers", "x.yaml", lambda n: lines("l{i}: !new:speechbrain.nnet.linear.Linear {{n_neurons: {next}}}\n")(n) + "compute_cost: !name:speechbrain.nnet.losses.nll_loss\n")

# Files for losslint itself.
SPEC = '{"losslint": 1, "framework": "keras", "loss": "mse", "layers": [{"type": "Dense", "units": 1}]}'
BASE = (*CHECK, "--baseline", "b")
series("baseline: entries", "m.json", lambda n: SPEC, BASE, b=lambda n: "# losslint baseline 1:\n" + "".join(f"{i:032x} 1 label-format f{i}.json\n" for i in range(n)))
series("baseline: members in one path", "m.json", lambda n: SPEC, BASE, b=lambda n: f"# losslint baseline 1:\n{HASH} 1 label-format {'!' * n}\n")
series("configuration: ignored files", "m.json", lambda n: SPEC, losslint__toml=lambda n: "".join(f'[[ignore]]\nfiles = "f{i}.json"\nlints = ["label-format"]\nreason = "why"\n\n' for i in range(n)))
series("configuration: unknown keys", "m.json", lambda n: SPEC, losslint__toml=lines("k{i} = 1\n"))
series("configuration: rows", "m.json", lambda n: SPEC, losslint__toml=lambda n: "".join(f'[[losses]]\nname = "Mine{i}"\nexpects = "logits"\n\n' for i in range(n)))
series("facts beside", "m.json", lambda n: SPEC, m__facts__toml=lambda n: "".join(f"k{i} = 1\n" for i in range(n)))
series("facts: class counts", "m.json", lambda n: SPEC, m__facts__toml=lambda n: "labels.class_counts = [" + "1," * n + "]\n")
folder("files of another kind", lambda n: {f"d{i % 7}/f{i}.json": '{"a": 1}' for i in range(min(n, 4000))})
folder("models", lambda n: {f"d{i % 7}/f{i}.json": SPEC for i in range(n)})
folder("ignore files", lambda n: {".gitignore": lines("f{i}.txt\n")(n), "m.json": SPEC})
series("inspect: layers", "x.json", around('{"losslint": 1, "framework": "keras", "loss": "mse", "layers": [', '{{"type": "Dense", "units": {next}}}', "]}", ","), ("inspect",))
series("fix: many in one file", "x.json", around('{"losslint": 1, "framework": "torch", "heads": [', '{{"name": "h{i}", "layers": [{{"type": "Linear", "out_features": 3}}, {{"type": "Softmax"}}], "loss": "CrossEntropyLoss"}}', "]}", ","), (*CHECK, "--fix"))
series("json report: findings", "x.json", around('{"losslint": 1, "framework": "torch", "heads": [', '{{"name": "h{i}", "layers": [{{"type": "Linear", "out_features": 3}}, {{"type": "Softmax"}}], "loss": "CrossEntropyLoss"}}', "]}", ","), ("check", "--fail-on", "never", "--format", "json", "--jobs", "1"))
series("human report: findings", "x.json", around('{"losslint": 1, "framework": "torch", "heads": [', '{{"name": "h{i}", "layers": [{{"type": "Linear", "out_features": 3}}, {{"type": "Softmax"}}], "loss": "CrossEntropyLoss"}}', "]}", ","), ("check", "--fail-on", "never", "--jobs", "1"))
