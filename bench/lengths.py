"""Our unrounded lengths against osmnx, which reads the same ways by code of its own."""

from collections import Counter
from pathlib import Path

import networkx
import osmnx


def against_osmnx(path: Path, folder: str) -> None:
    """Both engines read the same ways: lengths unrounded, 1,080 m, every junction from 40 of them."""
    from circle.walking.build import build_network
    from circle.walking.osm import read_extract

    extract = read_extract(path)
    network = build_network(extract)
    plain = Path(folder) / "plain.osm"
    plain.write_text(as_xml(extract), encoding="utf-8")
    theirs = osmnx.graph_from_xml(plain, bidirectional=True, simplify=False, retain_all=True)
    twins = [(round(at["x"] * 1e7), round(at["y"] * 1e7)) for _node, at in theirs.nodes(data=True)]
    named = dict(zip(twins, theirs, strict=True))
    ours = networkx.Graph()
    for edge in range(network.edges):
        pair, metres = (network.starts[edge], network.ends[edge]), network.metres(edge)
        known = ours.get_edge_data(*pair)
        ours.add_edge(*pair, length=min(metres, known["length"]) if known else metres)
    points = [(network.longitudes[node], network.latitudes[node]) for node in range(network.nodes)]
    # Where a closed gate cuts a way, two ends share a point, which therefore names neither.
    shared = {point for found in (points, twins) for point, times in Counter(found).items() if times > 1}
    names = {node: named[point] for node, point in enumerate(points) if point not in shared}
    pairs = wrong = 0
    worst = 0.0
    for junction in sorted(names)[:: max(1, len(names) // 40)][:40]:
        mine = networkx.single_source_dijkstra_path_length(ours, junction, weight="length", cutoff=2000)
        twin = names[junction]
        other = networkx.single_source_dijkstra_path_length(theirs, twin, weight="length", cutoff=2000)
        for node, name in names.items():
            one, two = mine.get(node, 9e9), other.get(name, 9e9)
            pairs += 1
            wrong += (one <= 1080) != (two <= 1080)
            if 0 < min(one, two) < 9e9 and max(one, two) < 9e9:
                worst = max(worst, abs(one - two) / two)
    print(f"  {path.name}: {pairs:,} pairs, {wrong} in/out disagreements, relative difference ≤ {worst:.1e}")
    if wrong or worst >= 1e-6:
        raise SystemExit("osmnx does not agree")


def as_xml(extract) -> str:
    """The ways as they were read, split and cut, so that osmnx has the same idea of a footway."""
    lines = ['<osm version="0.6">']
    lines += [
        f'<node id="{n + 10**12}" lon="{x:.7f}" lat="{y:.7f}"/>' for n, (x, y) in extract.points.items()
    ]
    for number, way in enumerate(extract.ways, start=1):
        refs = "".join(f'<nd ref="{node + 10**12}"/>' for node in way.nodes)
        lines.append(f'<way id="{number}">{refs}<tag k="highway" v="footway"/></way>')
    return "\n".join([*lines, "</osm>"])
