#!/usr/bin/env python3
"""Longitude and latitude to metres of UTM 16 N: metres.py INPUT OUTPUT, little-endian doubles."""

import sys

import numpy as np
import pyproj

degrees = np.fromfile(sys.argv[1], "<f8").reshape(-1, 2)
to_metres = pyproj.Transformer.from_crs(4326, 32616, always_xy=True)
np.column_stack(to_metres.transform(degrees[:, 0], degrees[:, 1])).astype("<f8").tofile(sys.argv[2])
