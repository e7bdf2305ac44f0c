/* Dijkstra by a circle of buckets (Dial), for whole numbers: what the batch search is measured against.
   Edges are rows as in circle/walking/graph.py; costs are deciseconds, each below `width`. */
#include <stdint.h>
#include <stdlib.h>

typedef struct { int32_t *items; int32_t used, room; } Bucket;

static void put(Bucket *bucket, int32_t node) {
    if (bucket->used == bucket->room) {
        bucket->room = bucket->room ? 2 * bucket->room : 16;
        bucket->items = realloc(bucket->items, bucket->room * sizeof(int32_t));
    }
    bucket->items[bucket->used++] = node;
}

/* One bounded search from all sources together. `best` must hold `limit` + 1 everywhere; the nodes that were
   reached are listed in `touched`, and their number is the answer. */
int32_t dial(const int32_t *firsts, const int32_t *targets, const int32_t *costs, const int32_t *sources,
             int32_t starts, int32_t limit, int32_t width, int32_t *best, int32_t *touched) {
    Bucket *buckets = calloc(width, sizeof(Bucket));
    int32_t waiting = 0, reached = 0;
    for (int32_t s = 0; s < starts; s++)
        if (best[sources[s]] > 0) {
            best[sources[s]] = 0;
            touched[reached++] = sources[s];
            put(&buckets[0], sources[s]);
            waiting++;
        }
    for (int32_t now = 0; waiting && now <= limit; now++) {
        Bucket *bucket = &buckets[now % width];
        for (int32_t i = 0; i < bucket->used; i++) {
            int32_t node = bucket->items[i];
            waiting--;
            if (best[node] != now) continue;
            for (int32_t e = firsts[node]; e < firsts[node + 1]; e++) {
                int32_t further = now + costs[e];
                if (further < best[targets[e]]) {
                    if (best[targets[e]] > limit) touched[reached++] = targets[e];
                    best[targets[e]] = further;
                    put(&buckets[further % width], targets[e]);
                    waiting++;
                }
            }
        }
        bucket->used = 0;
    }
    for (int32_t b = 0; b < width; b++) free(buckets[b].items);
    free(buckets);
    return reached;
}

/* A search from each source alone; `reached` gets how many (source, home) pairs lie within the limit. */
int64_t pairs(const int32_t *firsts, const int32_t *targets, const int32_t *costs, const int32_t *sources,
              int32_t starts, int32_t limit, int32_t width, int32_t *best, int32_t *touched,
              const int8_t *is_home) {
    int64_t found = 0;
    for (int32_t s = 0; s < starts; s++) {
        int32_t reached = dial(firsts, targets, costs, sources + s, 1, limit, width, best, touched);
        for (int32_t i = 0; i < reached; i++) {
            found += is_home[touched[i]];
            best[touched[i]] = limit + 1;
        }
    }
    return found;
}
