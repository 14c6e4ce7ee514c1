"""The book's figures: one style for all, readable in light and dark, each with a text for who cannot see it.

``show`` puts a figure into the page as inline SVG in which axes and text take the colour of the surrounding
text, so that it follows the theme. Where SVG cannot be shown (LaTeX, a plain viewer) a PNG stands in. Both
carry the alternative text. The ready-made figures write that text from their data, as the figure's label.
"""

import base64
import html
import io
import itertools
import re
import textwrap
import zlib

import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler

# Each colour has a contrast of at least 3 on white and on the dark theme's background (WCAG 2.2, 1.4.11), and
# any two can be told apart with each kind of colour blindness: the tests simulate them.
COLORS = {
    "blue": "#1598f8",
    "orange": "#df6a00",
    "green": "#429471",
    "purple": "#725a9e",
    "red": "#c3393b",
    "grey": "#5f686c",
}
INK = "#1a1c1f"  # axes and text: as it stands in the PNG, the page's own text colour in the SVG

STYLE = {
    "axes.prop_cycle": cycler(color=COLORS.values())
    + cycler(linestyle=["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), "-"])
    + cycler(marker=["o", "s", "^", "D", "v", "P"]),
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 11,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "figure.figsize": (7.0, 3.4),
    "font.size": 10,
    "grid.alpha": 0.15,
    "grid.color": INK,
    "image.cmap": "gray_r",
    "image.interpolation": "none",
    "legend.facecolor": "none",
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "lines.markersize": 4.5,
    "patch.edgecolor": INK,
    "savefig.facecolor": "none",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def style():
    """Draw all figures from here on in the course's style (``plt.style.use(plots.STYLE)``)."""
    plt.style.use(STYLE)


def show(fig, alt=None):
    """Display a figure with its alternative text and close it.

    Args:
        fig: matplotlib Figure.
        alt: what the figure shows, for a reader who cannot see it; by default the figure's label, which
            the ready-made figures of this module write from their data.

    Raises:
        ValueError: there is no alternative text.
    """
    from IPython.display import display

    alt = alt or fig.get_label()
    if not alt.strip():
        raise ValueError("this figure has no alternative text: call plots.show(fig, alt='what it shows')")
    bundle = {
        "text/html": f'<figure class="glassnet-figure">{svg(fig, alt)}</figure>',
        "image/png": _png(fig),
        "text/plain": f"Figure: {alt}",
    }
    plt.close(fig)
    display(bundle, raw=True, metadata={"image/png": {"alt": alt}})


def svg(fig, alt):
    """The figure as an ``<svg>`` element whose ink is the text colour of the page around it.

    Args:
        fig: matplotlib Figure.
        alt: alternative text, becomes the element's accessible name.

    Returns:
        str; every id is prefixed with a hash of the picture, so that figures on one page do not collide.
    """
    buffer = io.StringIO()
    with plt.rc_context({"svg.hashsalt": alt, "svg.fonttype": "path"}):
        fig.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.S)
    text = re.sub(re.escape(INK), "currentColor", text, flags=re.I)
    prefix = f"f{zlib.crc32(text.encode()):08x}-"
    text = re.sub(r'\bid="', f'id="{prefix}', text)
    text = re.sub(r'(xlink:href="#|url\(#)', rf"\1{prefix}", text)
    width = fig.get_figwidth() * 96
    label = html.escape(alt, quote=True)
    # The picture shrinks with the page but never grows beyond the size it was drawn for.
    size = f'style="width: 100%; max-width: {width:.0f}px; height: auto"'
    return re.sub(
        r'<svg [^>]*?(viewBox="[^"]*")[^>]*>',
        rf'<svg xmlns:xlink="http://www.w3.org/1999/xlink" \1 role="img" aria-label="@ALT@" {size}>',
        text,
        count=1,
    ).replace("@ALT@", label, 1)


def _png(fig):
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=160, facecolor="white")
    return base64.b64encode(buffer.getvalue()).decode()


def training_curves(histories, metric="loss"):
    """A metric over the epochs, training solid and validation dashed, one colour and marker a run.

    Args:
        histories: dict of run name to what ``fit`` returned (or its ``history`` dict).
        metric: key of the history; ``val_`` + metric is drawn too where it exists.

    Returns:
        Figure, labelled with first and last values.

    Raises:
        ValueError: a run has no such metric.
    """
    with plt.style.context(STYLE):
        fig, ax = plt.subplots()
        said = []
        looks = itertools.cycle(zip(COLORS.values(), "os^DvP", strict=True))
        for (name, history), (color, marker) in zip(histories.items(), looks, strict=False):
            history = getattr(history, "history", history)
            if metric not in history:
                raise ValueError(
                    f"run {name!r} has no metric {metric!r}, only {', '.join(map(repr, history))}"
                )
            for key, part, dash in ((metric, "training", "-"), (f"val_{metric}", "validation", "--")):
                if key not in history:
                    continue
                values = history[key]
                epochs = np.arange(1, len(values) + 1)
                ax.plot(epochs, values, dash, color=color, marker=marker, label=f"{name}, {part}")
                said.append(f"{name} {part} from {values[0]:.3g} to {values[-1]:.3g}")
        ax.set(xlabel="epoch", ylabel=metric)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.legend()
    fig.set_label(f"Line plot of {metric} over {len(epochs)} epochs: {'; '.join(said)}.")
    return fig


def images(pictures, titles=None, columns=8, alt=None):
    """Small grey images in a grid, ink dark on light paper.

    Args:
        pictures: array (n, height, width) or (n, height, width, 1).
        titles: n strings, written above the pictures.
        columns: pictures in a row.
        alt: alternative text; made from the titles when they are given.

    Returns:
        Figure.

    Raises:
        ValueError: pictures have another shape, or there are not as many titles as pictures.
    """
    pictures = np.asarray(pictures)
    if pictures.ndim == 4 and pictures.shape[-1] == 1:
        pictures = pictures[..., 0]
    if pictures.ndim != 3 or len(pictures) == 0:
        raise ValueError(f"images expected shape (n, height, width) with n > 0, got {pictures.shape}")
    if titles is not None and len(titles) != len(pictures):
        raise ValueError(f"images expected a title for each of {len(pictures)} pictures, got {len(titles)}")
    rows = -(-len(pictures) // columns)
    columns = min(columns, len(pictures))
    lines = max((str(t).count("\n") + 1 for t in titles), default=0) if titles is not None else 0
    with plt.style.context(STYLE):
        size = (min(7.0, 1.2 * columns), min(7.0 / columns, 1.2) * rows + rows * 0.2 * lines)
        fig, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
        for ax in axes.flat:
            ax.axis("off")
        for k, (ax, picture) in enumerate(zip(axes.flat, pictures, strict=False)):
            ax.imshow(picture, cmap="gray_r")
            if titles is not None:
                ax.set_title(titles[k], fontsize=9)
    if alt is None and titles is not None:
        alt = f"{len(pictures)} images: " + "; ".join(" ".join(str(t).split()) for t in titles) + "."
    fig.set_label(alt or "")
    return fig


def confusion_matrix(cm, labels=None):
    """Counts of truth (rows) against prediction (columns); right answers blue, mistakes orange and framed.

    Args:
        cm: integer array (K, K), truth in rows.
        labels: K class names; 0 … K−1 by default.

    Returns:
        Figure, labelled with the share on the diagonal and the commonest mistakes.

    Raises:
        ValueError: cm is not square.
    """
    cm = np.asarray(cm)
    if cm.ndim != 2 or cm.shape[0] != cm.shape[1]:
        raise ValueError(f"confusion_matrix expected shape (K, K), got {cm.shape}")
    n_classes = len(cm)
    labels = [str(k) for k in range(n_classes)] if labels is None else [str(label) for label in labels]
    mistakes = np.where(np.eye(n_classes, dtype=bool), 0, cm)
    with plt.style.context(STYLE):
        side = min(7.0, 1.4 + 0.52 * n_classes)
        fig, ax = plt.subplots(figsize=(side, side * 0.9))
        ax.grid(False)
        for row, column in np.ndindex(*cm.shape):
            right = row == column
            largest = max(1, cm.diagonal().max() if right else mistakes.max())
            share = cm[row, column] / largest
            color = COLORS["blue" if right else "orange"]
            ax.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 1, 1, fc=color, lw=0, alpha=0.45 * share))
            if share == 1 and not right:
                ax.add_patch(
                    plt.Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, fc="none", lw=1.2, ec=color)
                )
            faint = 1 if cm[row, column] else 0.7
            ax.text(column, row, f"{cm[row, column]}", ha="center", va="center", fontsize=9, alpha=faint)
        ax.set(xlim=(-0.5, n_classes - 0.5), ylim=(n_classes - 0.5, -0.5), aspect="equal")
        ax.set_xticks(range(n_classes), labels)
        ax.set_yticks(range(n_classes), labels)
        ax.set(xlabel="predicted", ylabel="true")
        ax.tick_params(length=0)
    commonest = np.argsort(mistakes, axis=None)[::-1][:3]
    said = [
        f"{labels[row]} taken for {labels[column]} {cm[row, column]} times"
        for row, column in (np.unravel_index(k, cm.shape) for k in commonest)
        if mistakes[row, column]
    ]
    fig.set_label(
        f"Confusion matrix of {n_classes} classes, truth in rows: {cm.trace()} of {cm.sum()} on the diagonal"
        + (f"; commonest mistakes: {', '.join(said)}." if said else "; no mistakes.")
    )
    return fig


def probabilities(p, labels=None, highlight=None):
    """The output of a softmax as bars with their values.

    Args:
        p: array (K,), probabilities.
        labels: K class names; 0 … K−1 by default.
        highlight: index of a bar to hatch, the true class for example.

    Returns:
        Figure, labelled with the three largest probabilities.

    Raises:
        ValueError: p is not one-dimensional.
    """
    p = np.asarray(p, dtype=float)
    if p.ndim != 1:
        raise ValueError(f"probabilities expected shape (K,), got {p.shape}")
    labels = [str(k) for k in range(len(p))] if labels is None else [str(label) for label in labels]
    with plt.style.context(STYLE):
        fig, ax = plt.subplots(figsize=(7.0, 2.6))
        bars = ax.bar(labels, p, color=COLORS["blue"], lw=0)
        if highlight is not None:
            bars[highlight].set(hatch="///", edgecolor=INK, linewidth=1)
        ax.bar_label(
            bars, labels=[f"{value:.2g}" if value >= 0.005 else "" for value in p], padding=2, fontsize=9
        )
        ax.set(xlabel="class", ylabel="probability", ylim=(0, 1.1 * max(p.max(), 1e-9)))
        ax.grid(False, axis="x")
    top = ", ".join(f"{labels[k]} with {p[k]:.3g}" for k in np.argsort(p)[::-1][:3])
    fig.set_label(f"Bar chart of {len(p)} class probabilities; the largest: {top}.")
    return fig


def weight_images(weights, shape, columns=8):
    """The incoming weights of each unit as a picture, dark for negative and light for positive weights.

    Args:
        weights: array (d, m), one column a unit.
        shape: (height, width) with height · width = d.
        columns: pictures in a row.

    Returns:
        Figure, labelled with the range of the weights.

    Raises:
        ValueError: shape does not hold d pixels.
    """
    weights = np.asarray(weights)
    if weights.ndim != 2 or len(weights) != shape[0] * shape[1]:
        raise ValueError(
            f"weight_images expected weights of shape ({shape[0] * shape[1]}, m), got {weights.shape}"
        )
    limit = np.abs(weights).max() or 1.0
    n_units = weights.shape[1]
    rows = -(-n_units // columns)
    columns = min(columns, n_units)
    with plt.style.context(STYLE):
        fig, axes = plt.subplots(rows, columns, figsize=(7.0, 7.0 / columns * rows), squeeze=False)
        for ax in axes.flat:
            ax.axis("off")
        for ax, unit in zip(axes.flat, weights.T, strict=False):
            drawn = ax.imshow(unit.reshape(shape), cmap="cividis", vmin=-limit, vmax=limit)
        fig.colorbar(drawn, ax=axes, shrink=0.8, label="weight")
    low, high = weights.min(), weights.max()
    fig.set_label(
        f"Weights of {n_units} units as {shape[0]} by {shape[1]} pictures, from {low:.3g} (dark) to "
        f"{high:.3g} (light); zero lies in the middle of the scale."
    )
    return fig


def decision_boundary(predict, X, labels, margin=0.5, resolution=120):
    """Which class a classifier of two features gives to each point of the plane, with the data on top.

    Args:
        predict: function of an array (n, 2), returning class probabilities (n, K), or (n, 1) for two classes.
        X: array (n, 2).
        labels: integer array (n,), the true classes.
        margin: how far the plane extends beyond the data, in units of the features.
        resolution: grid points along each axis.

    Returns:
        Figure, labelled with the accuracy on the data shown.

    Raises:
        ValueError: X does not have two columns, or labels another length.
    """
    X, labels = np.asarray(X), np.asarray(labels)
    if X.ndim != 2 or X.shape[1] != 2 or labels.shape != (len(X),):
        raise ValueError(
            f"decision_boundary expected X (n, 2) and labels (n,), got {X.shape} and {labels.shape}"
        )

    def classes(points):
        p = np.asarray(predict(points))
        return p.argmax(axis=1) if p.ndim == 2 and p.shape[1] > 1 else (p.reshape(-1) > 0.5).astype(int)

    low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
    u, v = np.meshgrid(np.linspace(low[0], high[0], resolution), np.linspace(low[1], high[1], resolution))
    regions = classes(np.column_stack([u.ravel(), v.ravel()]).astype(X.dtype)).reshape(u.shape)
    present = np.unique(labels)
    n_classes = int(max(regions.max(), labels.max())) + 1
    palette = list(COLORS.values())
    with plt.style.context(STYLE):
        fig, ax = plt.subplots(figsize=(5.2, 4.4))
        levels = np.arange(n_classes + 1) - 0.5
        ax.contourf(u, v, regions, levels=levels, colors=palette[:n_classes], alpha=0.22)
        for k in present:
            rows = labels == k
            ax.scatter(*X[rows].T, s=18, color=palette[k % 6], marker="os^DvP"[k % 6], label=f"class {k}")
        ax.set(xlabel="feature 1", ylabel="feature 2")
        ax.legend()
    accuracy = np.mean(classes(X) == labels)
    fig.set_label(
        f"Scatter plot of {len(X)} points of {len(present)} classes over the regions that the model assigns "
        f"to each class; {accuracy:.1%} of the points lie in their own region."
    )
    return fig


def loss_surface(loss, x, y, paths=None, xlabel="w₁", ylabel="w₂"):
    """Contours of a loss over two parameters, with the paths that optimizers took.

    Args:
        loss: function of two arrays of equal shape, returning the loss at each point.
        x: array, values of the first parameter.
        y: array, values of the second parameter.
        paths: dict of name to array (steps, 2).
        xlabel: name of the first parameter.
        ylabel: name of the second parameter.

    Returns:
        Figure, labelled with the lowest point and where each path ends.
    """
    u, v = np.meshgrid(x, y)
    values = np.asarray(loss(u, v))
    lowest = np.unravel_index(np.nanargmin(values), values.shape)
    said = f"lowest on the grid, {values[lowest]:.3g}, at ({u[lowest]:.3g}, {v[lowest]:.3g})"
    with plt.style.context(STYLE):
        fig, ax = plt.subplots(figsize=(5.6, 4.4))
        contours = ax.contour(u, v, values, levels=12, colors=INK, linewidths=0.7, alpha=0.55, linestyles="-")
        ax.clabel(contours, fontsize=7)
        for name, path in (paths or {}).items():
            path = np.asarray(path)
            ax.plot(*path.T, markevery=max(1, len(path) // 12), label=name)
            said += f"; {name} goes from ({path[0, 0]:.3g}, {path[0, 1]:.3g}) in {len(path) - 1} steps to "
            said += f"({path[-1, 0]:.3g}, {path[-1, 1]:.3g})"
        ax.set(xlabel=xlabel, ylabel=ylabel, xlim=(u.min(), u.max()), ylim=(v.min(), v.max()))
        if paths:
            ax.legend()
    fig.set_label(textwrap.shorten(f"Contour plot of a loss over two parameters: {said}.", 600))
    return fig
