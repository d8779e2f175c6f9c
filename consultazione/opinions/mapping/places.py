"""Where participants stand: two dimensions in which their answers differ most (PCA)."""

from __future__ import annotations

import numpy as np

from consultazione.opinions.mapping.matrix import Matrix, Numbers

DIMENSIONS = 2


def places_of(matrix: Matrix) -> Numbers:
    """Two coordinates of each participant.

    A missing answer counts as the mean of those given to its statement. Who answered little would
    stand near the middle for that alone, so their distance is stretched by the square root of all
    statements over those they answered.
    """
    given = matrix.given
    counts = given.sum(axis=0)
    sums = np.where(given, matrix.values, 0.0).sum(axis=0)
    means = np.divide(sums, counts, out=np.zeros(len(counts)), where=counts > 0)
    centred = np.where(given, matrix.values, means) - means
    stretch = np.sqrt(given.shape[1] / np.maximum(1, given.sum(axis=1)))
    placed: Numbers = (centred @ _axes(centred)) * stretch[:, np.newaxis]
    return placed


def _axes(centred: Numbers) -> Numbers:
    """The directions of most variance, in columns; of each, the largest part points upwards."""
    _variance, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1][:, :DIMENSIONS]
    largest = np.abs(axes).argmax(axis=0)
    signs = np.sign(axes[largest, np.arange(axes.shape[1])])
    axes = axes * np.where(signs == 0, 1, signs)
    missing = DIMENSIONS - axes.shape[1]
    return np.pad(axes, ((0, 0), (0, missing))) if missing else axes
