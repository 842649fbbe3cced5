#!/usr/bin/env python3
"""Derives approximate polygons of the townships of Montgomery County from the coordinates of calls.

usage: derive_divisions.py 911.zip divisions.geojson

No public polygons were to be had where this was written. Every township is given a few sites (means of clusters of its
calls' coordinates, found by k-means from sites far apart); the cells of the land nearest to each site (a Voronoi
diagram in a local flat projection, cut to the convex hull of all calls) are joined by township. They tile the county
without gaps. They are good enough to count by, not to quote: the share of calls that fall into their own township's
polygon is printed.

Standard library only; the same input gives the same file.
"""
import csv
import io
import json
import math
import statistics
import sys
import zipfile

COUNTY = "42091"  # FIPS: Pennsylvania, Montgomery County
BOX = (39.9, 40.6, -75.8, -74.95)  # south, north, west, east: rows outside are geocoding mistakes
SITES = 5  # per township, fewer where there are few calls
SCALE = math.cos(math.radians(40.2))


def read_calls(path):
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".csv"))
        with archive.open(name) as raw:
            for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8")):
                latitude, longitude = float(row["lat"]), float(row["lng"])
                if BOX[0] <= latitude <= BOX[1] and BOX[2] <= longitude <= BOX[3] and row["twp"]:
                    yield row["twp"], (longitude * SCALE, latitude)


def distance(one, other):
    return math.hypot(one[0] - other[0], one[1] - other[1])


def trimmed(points):
    """Without the tenth farthest from the median: calls whose township and coordinates disagree."""
    middle = (statistics.median(p[0] for p in points), statistics.median(p[1] for p in points))
    return sorted(points, key=lambda p: (distance(p, middle), p))[: max(1, len(points) * 9 // 10)]


def sites(points, count):
    """k-means, begun from the median and then from the points farthest from the sites so far."""
    middle = (statistics.median(p[0] for p in points), statistics.median(p[1] for p in points))
    means = [middle]
    while len(means) < count:
        means.append(max(points, key=lambda p: (min(distance(p, m) for m in means), p)))
    for _ in range(12):
        groups = [[] for _ in means]
        for point in points:
            groups[min(range(len(means)), key=lambda i: distance(point, means[i]))].append(point)
        means = [
            (sum(p[0] for p in g) / len(g), sum(p[1] for p in g) / len(g)) if g else m for g, m in zip(groups, means)
        ]
    return sorted(set(means))


def hull(points):
    """Andrew's monotone chain, counter-clockwise."""
    points = sorted(set(points))

    def half(sequence):
        chain = []
        for point in sequence:
            while len(chain) > 1 and cross(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return half(points) + half(reversed(points))


def cross(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cell(site, others, rim):
    """The part of the rim nearer to the site than to any other, one bisector after another."""
    ring = rim
    for other in sorted(others, key=lambda o: distance(o, site)):
        middle = ((site[0] + other[0]) / 2, (site[1] + other[1]) / 2)
        normal = (site[0] - other[0], site[1] - other[1])
        side = lambda p: (p[0] - middle[0]) * normal[0] + (p[1] - middle[1]) * normal[1]
        kept = []
        for one, following in zip(ring, ring[1:] + ring[:1]):
            a, b = side(one), side(following)
            if a >= 0:
                kept.append(one)
            if (a > 0 > b) or (a < 0 < b):
                t = a / (a - b)
                kept.append((one[0] + (following[0] - one[0]) * t, one[1] + (following[1] - one[1]) * t))
        ring = kept
    return ring


def degrees(point):
    return (round(point[0] / SCALE, 5), round(point[1], 5))


def joined(cells):
    """Cells of one township as polygons without their inner borders: borders that two cells share fall away."""
    # A corner of a third cell may lie on a side: sides are split at every corner of the township's own cells.
    corners = sorted({corner for ring in cells for corner in ring})
    edges = set()
    for ring in cells:
        for one, following in zip(ring, ring[1:] + ring[:1]):
            stops = [one] + on_side(corners, one, following) + [following]
            for a, b in zip(stops, stops[1:]):
                if (b, a) in edges:
                    edges.remove((b, a))
                elif a != b:
                    edges.add((a, b))
    return rings(edges)


def on_side(corners, one, following):
    length = distance(one, following)
    found = [
        c
        for c in corners
        if c not in (one, following)
        and abs(cross(one, following, c)) <= 1.5e-5 * length
        and 0 < (c[0] - one[0]) * (following[0] - one[0]) + (c[1] - one[1]) * (following[1] - one[1]) < length**2
    ]
    return sorted(found, key=lambda c: distance(one, c))


def rings(edges):
    following = {}
    for a, b in sorted(edges):
        following.setdefault(a, []).append(b)
    result = []
    while following:
        start = min(following)
        ring, at = [start], start
        while True:
            choices = following[at]
            # Where rings touch at a corner, turn right-most to keep each simple.
            ahead = choices[0] if len(choices) == 1 else max(choices, key=lambda b: turn(ring, b))
            choices.remove(ahead)
            if not choices:
                del following[at]
            if ahead == start:
                break
            ring.append(ahead)
            at = ahead
        result.append(ring)
    return result


def turn(ring, ahead):
    if len(ring) < 2:
        return 0
    incoming = math.atan2(ring[-1][1] - ring[-2][1], ring[-1][0] - ring[-2][0])
    outgoing = math.atan2(ahead[1] - ring[-1][1], ahead[0] - ring[-1][0])
    return (outgoing - incoming + math.pi) % (2 * math.pi)


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1])) / 2


def contains(ring, point):
    inside = False
    for a, b in zip(ring, ring[1:] + ring[:1]):
        if (a[1] > point[1]) != (b[1] > point[1]):
            if point[0] < a[0] + (point[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]):
                inside = not inside
    return inside


def closed(ring):
    return [list(point) for point in ring + ring[:1]]


def name(township):
    words = township.title()
    return words.replace(" Boro", " Borough").replace("Phila ", "Philadelphia ")


def feature(properties, coordinates):
    geometry = {"type": "MultiPolygon", "coordinates": coordinates}
    return json.dumps(
        {"type": "Feature", "properties": properties, "geometry": geometry}, ensure_ascii=False, separators=(",", ":")
    )


def polygons(parts):
    """Outer rings with the holes that lie in them."""
    outer = [ring for ring in parts if area(ring) > 0]
    holes = [ring for ring in parts if area(ring) < 0]
    return [[closed(o)] + [closed(h) for h in holes if contains(o, h[0])] for o in outer]


def main(source, target):
    with open(__file__.replace("derive_divisions.py", "names.json"), encoding="utf-8") as file:
        chinese = json.load(file)
    calls = {}
    for township, point in read_calls(source):
        calls.setdefault(township, []).append(point)
    trim = {township: trimmed(points) for township, points in calls.items()}
    rim = hull([p for township, points in calls.items() for p in points])
    owners = {}
    for township, points in sorted(trim.items()):
        for site in sites(points, max(1, min(SITES, len(points) // 40))):
            owners[site] = township
    features = [
        feature(
            {"code": COUNTY, "level": "district", "zh": "蒙哥马利县", "en": "Montgomery County"},
            [[closed([degrees(p) for p in rim])]],
        )
    ]
    inside = total = 0
    for index, township in enumerate(sorted(calls), start=1):
        cells = [
            [degrees(p) for p in cell(site, [o for o in owners if o != site], rim)]
            for site, owner in sorted(owners.items())
            if owner == township
        ]
        parts = joined([dedupe(ring) for ring in cells])
        properties = {
            "code": f"{COUNTY}{index:03d}", "parent": COUNTY, "level": "town", "zh": chinese[township],
            "en": name(township),
        }
        features.append(feature(properties, polygons(parts)))
        sample = calls[township][::7]
        total += len(sample)
        inside += sum(sum(contains(r, degrees(p)) for r in parts) % 2 for p in sample)
    with open(target, "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n")
    print(f"{len(calls)} townships, {len(owners)} sites, {inside / total:.1%} of calls in their own township's polygon")


def dedupe(ring):
    return [p for i, p in enumerate(ring) if p != ring[i - 1]]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
