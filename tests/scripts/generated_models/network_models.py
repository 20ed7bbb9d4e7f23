"""MONAI, segmentation_models_pytorch, timm and torchvision: their networks with every loss of theirs, and with torch's.

A case is a loss, the network and the activation behind it, the shape of the labels, and the twins. The networks are built by
Hydra, by keyword and by position; where they are small the loss is computed of their output, else of random scores.
"""

import sys

from sink import Sink, quiet

quiet()

import torch  # noqa: E402

from layouts import Part, built, bundle, hydra, lightning, positions  # noqa: E402

SIGMOID, SOFTMAX = Part("torch.nn.Sigmoid"), Part("torch.nn.Softmax", {"dim": 1})
BCE, BCE_SCORES, CE = (Part(f"torch.nn.{name}") for name in ("BCELoss", "BCEWithLogitsLoss", "CrossEntropyLoss"))


def masks(units, size):
    return torch.randint(0, 2, (2, units, size, size)).float()


def numbered(units, size):
    return torch.randint(0, units, (2, size, size))


def numbered_channel(units, size):
    return torch.randint(0, units, (2, 1, size, size))


def unet(units):
    return Part("monai.networks.nets.UNet", {"spatial_dims": 2, "in_channels": 1, "out_channels": units, "channels": [4, 8], "strides": [2]})


def monai_cases():
    """(name, network, loss, labels, units, {kind: (network, loss)})"""
    both = ["DiceCELoss", "DiceFocalLoss", "GeneralizedDiceFocalLoss"]
    for name in ["DiceLoss", "GeneralizedDiceLoss", "TverskyLoss", "MCCLoss", "SoftclDiceLoss", "SoftDiceclDiceLoss", "HausdorffDTLoss", "LogHausdorffDTLoss", *both]:
        target = f"monai.losses.{name}"
        bare, one = Part(target), Part(target, {"sigmoid": True})
        many = Part(target, {"to_onehot_y": True, "softmax": True})
        softened, several = Part(target, {"softmax": True}), Part(target, {"to_onehot_y": True})
        after = {"sigmoid added": (unet(1).within(SIGMOID), one), "switch removed": (unet(1), bare), "one unit of softmax": (unet(1), softened)}
        yield f"{name}-one", unet(1), one, masks, 1, after
        yield f"{name}-labels", unet(3), one, masks, 3, {"sigmoid added": (unet(3).within(SIGMOID), one), "switch removed": (unet(3), bare)}
        yield f"{name}-classes", unet(3), many, numbered_channel, 3, {"softmax added": (unet(3).within(SOFTMAX), many), "switch removed": (unet(3), several)}
        if name not in both:
            yield f"{name}-behind", unet(1).within(SIGMOID), bare, masks, 1, {"activation removed": (unet(1), bare), "switch added": (unet(1).within(SIGMOID), one)}
    focal, softened = Part("monai.losses.FocalLoss"), Part("monai.losses.FocalLoss", {"use_softmax": True, "to_onehot_y": True})
    yield "FocalLoss-one", unet(1), focal, masks, 1, {"sigmoid added": (unet(1).within(SIGMOID), focal), "one unit of softmax": (unet(1), softened)}
    yield "FocalLoss-classes", unet(3), softened, numbered_channel, 3, {"softmax added": (unet(3).within(SOFTMAX), softened)}
    nacl = Part("monai.losses.NACLLoss", {"classes": 3, "dim": 2})
    yield "NACLLoss", unet(3), nacl, numbered, 3, {"softmax added": (unet(3).within(SOFTMAX), nacl)}
    yield from pixels("unet", unet)


def pixels(name, network):
    """The losses of torch behind a network that gives masks."""
    yield f"{name}-ce", network(3), CE, numbered, 3, {"softmax added": (network(3).within(SOFTMAX), CE), "one unit under classes": (network(1), CE), "loss of probabilities": (network(3), BCE)}
    yield f"{name}-scores", network(1), BCE_SCORES, masks, 1, {"sigmoid added": (network(1).within(SIGMOID), BCE_SCORES), "loss of probabilities": (network(1), BCE), "loss of classes": (network(1), CE)}
    yield f"{name}-bce", network(1).within(SIGMOID), BCE, masks, 1, {"activation removed": (network(1), BCE), "loss of scores": (network(1).within(SIGMOID), BCE_SCORES)}


def smp(arch, units, activation=None):
    extra = {"activation": activation} if activation else {}
    return Part(f"segmentation_models_pytorch.{arch}", {"encoder_name": "resnet18", "encoder_weights": None, "in_channels": 3, "classes": units, **extra})


def smp_cases():
    def loss(name, **keywords):
        return Part(f"segmentation_models_pytorch.losses.{name}", keywords)

    for arch in ["Unet", "UnetPlusPlus", "MAnet", "Linknet", "FPN", "PSPNet", "PAN", "DeepLabV3", "DeepLabV3Plus", "UPerNet", "Segformer"]:
        for name in ["DiceLoss", "JaccardLoss", "TverskyLoss", "FocalLoss"]:
            one, many, several = (loss(name, mode=mode) for mode in ("binary", "multiclass", "multilabel"))
            yield f"{arch}-{name}-one", smp(arch, 1), one, masks, 1, {"activation added": (smp(arch, 1, "sigmoid"), one)}
            yield f"{arch}-{name}-classes", smp(arch, 3), many, numbered, 3, {
                "activation added": (smp(arch, 3, "sigmoid" if name == "FocalLoss" else "softmax2d"), many), "one unit under classes": (smp(arch, 1), many),
            }
            yield f"{arch}-{name}-labels", smp(arch, 3), several, masks, 3, {"activation added": (smp(arch, 3, "sigmoid"), several)}
            if name in ("DiceLoss", "JaccardLoss", "TverskyLoss"):
                off = loss(name, mode="binary", from_logits=False)
                yield f"{arch}-{name}-off", smp(arch, 1, "sigmoid"), off, masks, 1, {"activation removed": (smp(arch, 1), off)}
        soft, mcc = loss("SoftBCEWithLogitsLoss"), loss("MCCLoss")
        yield f"{arch}-soft", smp(arch, 1), soft, masks, 1, {"activation added": (smp(arch, 1, "sigmoid"), soft)}
        yield f"{arch}-mcc", smp(arch, 1, "sigmoid"), mcc, masks, 1, {"activation removed": (smp(arch, 1), mcc)}
        smooth = loss("SoftCrossEntropyLoss", smooth_factor=0.1)
        yield f"{arch}-smooth", smp(arch, 3), smooth, numbered, 3, {"activation added": (smp(arch, 3, "softmax2d"), smooth), "one unit under classes": (smp(arch, 1), smooth)}
        lovasz = loss("LovaszLoss", mode="multiclass")
        yield f"{arch}-lovasz", smp(arch, 3), lovasz, numbered, 3, {"activation added": (smp(arch, 3, "softmax2d"), lovasz)}
        yield from pixels(arch, lambda units, arch=arch: smp(arch, units))


def flat_cases(name, network, losses):
    """Classifiers: losses of a library, by what their labels are, and torch's own."""
    def classes(units, _):
        return torch.randint(0, units, (2,))

    def labels(units, _):
        return torch.randint(0, 2, (2, units)).float()

    def shares(units, _):
        return torch.softmax(torch.randn(2, units), 1)

    formats = {"classes": classes, "labels": labels, "shares": shares}
    for loss, form in [*losses, (CE, "classes"), (BCE_SCORES, "labels")]:
        word = loss.target.rsplit(".", 1)[1]
        twins = {"sigmoid added": (network(5).within(SIGMOID), loss)}
        if form != "labels":
            twins["softmax added"] = (network(5).within(SOFTMAX), loss)
            twins["one unit under classes"] = (network(1), loss)
        if loss in (CE, BCE_SCORES):
            twins["loss of probabilities"] = (network(5), BCE)
        yield f"{name}-{word}", network(5), loss, formats[form], 5, twins


def timm_cases():
    losses = [
        (Part("timm.loss.LabelSmoothingCrossEntropy", {"smoothing": 0.2}), "classes"), (Part("timm.loss.SoftTargetCrossEntropy"), "shares"),
        (Part("timm.loss.BinaryCrossEntropy"), "labels"), (Part("timm.loss.AsymmetricLossMultiLabel"), "labels"),
        (Part("timm.loss.AsymmetricLossSingleLabel"), "classes"), (Part("timm.loss.PolyCrossEntropy"), "classes"),
        (Part("timm.loss.PolyBinaryCrossEntropy"), "labels"), (Part("timm.loss.ZlprLoss"), "labels"), (Part("timm.loss.TwoWayLoss"), "labels"),
    ]
    for model in ["resnet18", "mobilenetv3_small_100", "efficientnet_b0", "vit_tiny_patch16_224", "convnext_atto", "regnetx_002"]:
        yield from flat_cases(model, lambda units, model=model: Part("timm.create_model", {"model_name": model, "pretrained": False, "num_classes": units}), losses)


def torchvision_cases():
    for model in ["resnet18", "mobilenet_v3_small", "squeezenet1_0", "shufflenet_v2_x0_5", "mnasnet0_5"]:
        yield from flat_cases(model, lambda units, model=model: Part(f"torchvision.models.{model}", {"weights": None, "num_classes": units}), [])


def execute(network, loss, labels, units, small):
    torch.manual_seed(0)
    body = built(network)
    if small:
        body.eval()
        output = body(torch.randn(2, 1, 16, 16))
    else:  # the last layers behind random scores: the networks are too large for each pair
        output = torch.randn(2, units, 16, 16) if labels in (masks, numbered) else torch.randn(2, units)
        for layer in (network.layers or [])[1:]:
            output = built(layer)(output)
        if network.keywords.get("activation") == "sigmoid":
            output = torch.sigmoid(output)
        output.requires_grad_()
    made = built(loss)
    value = made(output, labels(units, 16)).mean()
    value.backward()
    if not torch.isfinite(value):
        raise ValueError(f"the loss is {value}")


def layouts_of(network, loss, of_monai):
    layouts = {"keywords.yaml": hydra(network, loss), "positions.yaml": hydra(network, loss, by=positions), "lightning.json": lightning(network, loss)}
    if of_monai:
        layouts["bundle.json"] = bundle(network, loss)
        layouts["bundle.yaml"] = bundle(network, loss)
    return {layout: data for layout, data in layouts.items() if data}


def library(name, cases, packages):
    sink = Sink(name, packages)
    seen = set()
    for case, network, loss, labels, units, twins in cases:
        try:
            # Networks of a library that differ in their name only are built once for each loss of the first.
            fresh = name != "smp" or (loss.target, str(loss.keywords)) not in seen
            if fresh:
                execute(network, loss, labels, units, name == "monai")
                seen.add((loss.target, str(loss.keywords)))
        except Exception as error:
            sink.refused(case, error)
            continue
        for layout, data in layouts_of(network, loss, name == "monai").items():
            sink.correct(f"{case}-{layout}", data, fresh)
        for kind, (worse, other) in twins.items():
            for layout, data in layouts_of(worse, other, name == "monai").items():
                sink.broken(kind, f"{case}-{layout}", data)
    sink.close()


LIBRARIES = {
    "monai": (monai_cases, ["monai", "torch"]), "smp": (smp_cases, ["segmentation_models_pytorch"]),
    "timm": (timm_cases, ["timm"]), "torchvision": (torchvision_cases, ["torchvision"]),
}

if __name__ == "__main__":
    for name in sys.argv[2:]:
        cases, packages = LIBRARIES[name]
        library(name, cases(), packages)
