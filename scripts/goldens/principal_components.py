"""Principal components of a path, by NumPy's SVD (not centred) and scikit-learn's PCA (centred).

    python scripts/goldens/principal_components.py > test/goldens/landscape/principal-components.json
"""

import json

import numpy as np
import sklearn
from sklearn.decomposition import PCA

POINTS, LENGTH = 9, 40


def path(rng):
    """A path that turns, with steps that shrink, and noise in all directions."""
    a, b = rng.normal(size=(2, LENGTH))
    t = np.linspace(0, 1, POINTS)[:, None]
    return 3 + (1 - t) ** 2 * 5 * a + t * (1 - t) * 4 * b + 0.2 * rng.normal(size=(POINTS, LENGTH))


def oriented(u, axes):
    """Each axis on the side of the largest entry of its uₖ."""
    signs = [np.sign(column[np.argmax(np.abs(column))]) for column in u.T]
    return axes * np.array(signs)[:, None]


def components(rows, count):
    u, sigma, vt = np.linalg.svd(rows, full_matrices=False)
    axes = oriented(u[:, :count], vt[:count])
    return {
        "axes": axes.tolist(),
        "explained": (sigma[:count] ** 2 / np.sum(sigma**2)).tolist(),
        "singularValues": sigma[:count].tolist(),
    }


def main():
    points = path(np.random.default_rng(12))
    pca = PCA(n_components=3).fit(points)
    centred = components(points - points.mean(axis=0), 3)
    np.testing.assert_allclose(centred["explained"], pca.explained_variance_ratio_, rtol=1e-12)
    np.testing.assert_allclose(centred["singularValues"], pca.singular_values_, rtol=1e-12)
    np.testing.assert_allclose(np.abs(centred["axes"]), np.abs(pca.components_), atol=1e-12)
    directions = np.random.default_rng(5).normal(size=(2, LENGTH))
    directions[1] += 0.8 * directions[0]
    solved = [np.linalg.lstsq(directions.T, point - points[-1], rcond=None) for point in points]
    json.dump(
        {
            "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
            "points": points.tolist(),
            "fromTheEnd": components(points - points[-1], 3),
            "fromTheMean": {
                "axes": centred["axes"],
                "explained": pca.explained_variance_ratio_.tolist(),
                "singularValues": pca.singular_values_.tolist(),
            },
            "plane": {
                "directions": directions.tolist(),
                "coordinates": [solution.tolist() for solution, *_ in solved],
                "distances": [
                    float(np.linalg.norm(point - points[-1] - solution @ directions))
                    for point, (solution, *_) in zip(points, solved)
                ],
            },
        },
        open(1, "w", closefd=False),
    )


main()
