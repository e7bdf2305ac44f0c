"""The engines that bench/walking.py is measured against, each doing the same work on the same numbers."""

import ctypes
import subprocess
from pathlib import Path

import igraph
import networkx
import numpy as np
import pandana
import pandas
from fresh import ROOT


class Dial:
    """A bucket queue in C, compiled here and now with gcc -O3."""

    def __init__(self, town, folder: str) -> None:
        library = Path(folder) / "dial.so"
        command = ["gcc", "-O3", "-march=native", "-shared", "-fPIC", "-o", library, ROOT / "bench/dial.c"]
        subprocess.run(command, check=True)
        self.code = ctypes.CDLL(str(library))
        self.code.dial.restype, self.code.pairs.restype = ctypes.c_int32, ctypes.c_int64
        self.town, self.width = town, int(town.costs.max()) + 1

    def arguments(self, sources, limit: int, best, touched) -> list:
        town = self.town
        columns = [town.firsts, town.targets, town.costs, np.asarray(sources, dtype=np.int32)]
        self.kept = [np.ascontiguousarray(column, dtype=np.int32) for column in columns]
        pointers = [column.ctypes.data_as(ctypes.c_void_p) for column in self.kept]
        outs = [column.ctypes.data_as(ctypes.c_void_p) for column in (best, touched)]
        return [*pointers, len(sources), limit, self.width, *outs]

    def nearest(self, sources, limit: int):
        """The time from the nearest source to each node, limit + 1 where there is none."""
        best = np.full(self.town.nodes, limit + 1, dtype=np.int32)
        touched = np.empty(self.town.nodes, dtype=np.int32)
        self.code.dial(*self.arguments(sources, limit, best, touched))
        return best

    def pairs(self, sources, limit: int, is_home) -> int:
        best = np.full(self.town.nodes, limit + 1, dtype=np.int32)
        touched = np.empty(self.town.nodes, dtype=np.int32)
        home = is_home.astype(np.int8)
        return self.code.pairs(
            *self.arguments(sources, limit, best, touched), home.ctypes.data_as(ctypes.c_void_p)
        )


class Networkx:
    def __init__(self, town) -> None:
        self.town, self.graph = town, networkx.Graph()
        self.graph.add_nodes_from(range(town.nodes))
        self.graph.add_weighted_edges_from(
            zip(town.sources.tolist(), town.targets.tolist(), town.costs.tolist(), strict=True)
        )

    def nearest(self, sources, limit: int):
        found = networkx.multi_source_dijkstra_path_length(self.graph, set(sources.tolist()), cutoff=limit)
        best = np.full(self.town.nodes, limit + 1)
        best[list(found.keys())] = list(found.values())
        return best


class Igraph:
    """By one more node that stands before all sources: its search has no bound."""

    def __init__(self, town) -> None:
        self.town = town
        self.edges = np.column_stack([town.sources, town.targets])

    def nearest(self, sources, limit: int):
        extra = np.column_stack([np.full(len(sources), self.town.nodes), sources])
        graph = igraph.Graph(n=self.town.nodes + 1, edges=np.vstack([self.edges, extra]), directed=True)
        weights = np.concatenate([self.town.costs, np.zeros(len(sources))])
        [found] = graph.distances(source=self.town.nodes, weights=weights)
        best = np.array(found[:-1])
        return np.where(best <= limit, best, limit + 1)


class Pandana:
    """Contracted and prepared beforehand, which is not counted here but printed."""

    def __init__(self, town, limit: int) -> None:
        self.town = town
        is_first = town.sources < town.targets
        columns = {"from": town.sources[is_first], "to": town.targets[is_first]}
        costs = pandas.DataFrame({"cost": town.costs[is_first].astype(float)})
        frame = pandas.DataFrame(columns)
        self.network = pandana.Network(
            pandas.Series(town.east),
            pandas.Series(town.north),
            frame["from"],
            frame["to"],
            costs,
            twoway=True,
        )
        self.network.precompute(limit)

    def nearest(self, sources, limit: int):
        east, north = pandas.Series(self.town.east[sources]), pandas.Series(self.town.north[sources])
        self.network.set_pois("kind", limit, 1, east, north)
        found = self.network.nearest_pois(limit, "kind", num_pois=1)[1].to_numpy()
        return np.where(found < limit, found, limit + 1)
