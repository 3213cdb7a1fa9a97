"""A grid over polygons that answers at once for a cell that lies wholly inside one of them, or in none.

Two levels: blocks of a quarter of a degree, and, where a border runs through or beside a block, its 16 × 16
cells. A cell that a border touches has a set of candidates, to be tested one by one (`mapping.admin.locating`).
Polygons go by their number, the place in the array; where several hold a cell the lowest counts.

How it is built: every segment of every border is laid over the cells that it touches. Then each row of cells
is cut by its middle line, and what lies between a polygon's crossings with that line lies inside it.
Lengths are counted in cells from 180° W, 90° S.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BESIDE", "NONE", "Grid", "build_grid", "candidates", "look_up", "runs"]

NONE = -1
BESIDE = -2
CELLS = 64  # a degree
BLOCK = 16  # cells, either way; a power of two
COLUMNS, ROWS = 360 * CELLS, 180 * CELLS
BLOCK_COLUMNS, BLOCK_ROWS = COLUMNS // BLOCK, ROWS // BLOCK
SLACK = 1e-7  # by which a segment is thickened, so that rounding never hides a cell that it touches
CHUNK = 1 << 15  # points at once: what is worked on stays in the processor's cache


class Grid(NamedTuple):
    """The finished tables.

    Attributes
    ----------
    blocks
        For each block a polygon's number, `NONE`, or -3 - k: see row k of `cells`.
    cells
        For each block with a border, cell by cell: a polygon's number, `NONE`, `BESIDE` (in none, but next
        to a cell that a border touches), or -3 - s: the candidates of set s.
    starts, members
        The candidates of set s are ``members[starts[s]:starts[s + 1]]``, ascending.
    """

    blocks: np.ndarray
    cells: np.ndarray
    starts: np.ndarray
    members: np.ndarray


class _Spans(NamedTuple):
    """Runs of cells in one row whose middle points one polygon holds; ordered by polygon."""

    row: np.ndarray
    first: np.ndarray
    last: np.ndarray
    polygon: np.ndarray


def look_up(grid: Grid, longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """Return for each point a polygon's number, `NONE`, `BESIDE`, or -3 - s: a set of `candidates`.

    NaN and what lies outside ±180, ±90 degrees is `NONE`.
    """
    answer = np.empty(len(longitude), dtype=np.int32)
    for begin in range(0, len(longitude), CHUNK):
        chunk = slice(begin, begin + CHUNK)
        answer[chunk] = _looked_up(grid, longitude[chunk], latitude[chunk])
    return answer


def _looked_up(grid: Grid, longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    on_earth = (np.abs(longitude) <= 180) & (np.abs(latitude) <= 90)
    if not on_earth.all():
        answer = np.full(len(longitude), NONE, dtype=np.int32)
        answer[on_earth] = _looked_up(grid, longitude[on_earth], latitude[on_earth])
        return answer
    column = np.minimum(((longitude + 180) * CELLS).astype(np.int32), COLUMNS - 1)
    row = np.minimum(((latitude + 90) * CELLS).astype(np.int32), ROWS - 1)
    answer = grid.blocks[_block(row, column)]
    bordered = np.flatnonzero(answer < NONE)
    answer[bordered] = grid.cells[_place(answer[bordered], row[bordered], column[bordered])]
    return answer


def candidates(grid: Grid, answer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where the candidates of each answer of `look_up` start in `grid.members`, and how many they are."""
    sets = np.maximum(-3 - answer, 0)
    starts = grid.starts[sets]
    return starts, np.where(answer < BESIDE, grid.starts[sets + 1] - starts, 0)


def build_grid(shapes: np.ndarray) -> Grid:
    """Build the grid of an array of polygons and multipolygons within ±180 and ±90 degrees."""
    start, end, polygon = _segments(shapes)
    row, column, toucher = _touched(start, end, polygon)
    spans = _inside(start, end, polygon)

    blocks = _filled_blocks(spans)
    new = np.append(True, (row[1:] != row[:-1]) | (column[1:] != column[:-1]))
    border = row[new], column[new]
    bordered = _bordered(*border)
    blocks[bordered] = -3 - np.arange(len(bordered), dtype=np.int32)
    cells = np.full(len(bordered) * BLOCK * BLOCK, NONE, dtype=np.min_scalar_type(-3 - len(shapes)))

    places, polygons = [_place(blocks[_block(row, column)], row, column)], [toucher]
    is_touched = np.zeros(len(cells), dtype=bool)
    is_touched[places[0]] = True
    for held, holder in _filled_cells(spans, blocks):
        cells[held[::-1]] = holder[::-1]  # of several the one written last stays: the lowest
        over = is_touched[held]
        places.append(held[over])
        polygons.append(holder[over])
    for near in _around(*border):
        place = _place(blocks[_block(*near)], *near)
        cells[place[cells[place] == NONE]] = BESIDE
    cell, number, starts, members = _sets(np.concatenate(places), np.concatenate(polygons))
    cells = cells.astype(np.result_type(cells, np.min_scalar_type(-3 - len(starts))), copy=False)
    cells[cell] = -3 - number
    return Grid(blocks, cells, starts, members)


def _block(row: np.ndarray, column: np.ndarray) -> np.ndarray:
    return (row // BLOCK) * BLOCK_COLUMNS + column // BLOCK


def _place(block: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Return where in `Grid.cells` a cell of a bordered block stands, `block` being its entry in `Grid.blocks`."""
    return ((-3 - block) * BLOCK + (row & BLOCK - 1)) * BLOCK + (column & BLOCK - 1)


def _bordered(row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Return the blocks in which, or next to which, a cell that a border touches lies."""
    found = np.zeros(BLOCK_ROWS * BLOCK_COLUMNS, dtype=bool)
    found[_block(row, column)] = True
    edge = ((row + 1 & BLOCK - 1) < 2) | ((column + 1 & BLOCK - 1) < 2)
    for near in _around(row[edge], column[edge]):
        found[_block(*near)] = True
    return np.flatnonzero(found)


def _around(row: np.ndarray, column: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give the cells, and those next to them to each of the eight sides, also across the antimeridian."""
    for up in (-1, 0, 1):
        for right in (-1, 0, 1):
            yield np.clip(row + up, 0, ROWS - 1), (column + right) % COLUMNS


def _segments(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return start, end and polygon of every segment of every ring."""
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    points += (180, 90)
    points *= CELLS
    joined = ring_of_point[1:] == ring_of_point[:-1]
    polygon = shape_of_part[part_of_ring[ring_of_point[1:][joined]]]
    return points[:-1][joined], points[1:][joined], polygon.astype(np.int32)


def runs(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count from each first to its last, both included: the number of the run, and the value."""
    sizes = np.maximum(last - first + 1, 0)
    run = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    value = np.arange(len(run), dtype=np.int32)
    value += np.repeat((first - (np.cumsum(sizes) - sizes)).astype(np.int32), sizes)
    return run, value


def _touched(start: np.ndarray, end: np.ndarray, polygon: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return row and column of every cell that a border touches, edges included, and its polygon: each once, in order."""
    chunks = [slice(begin, begin + CHUNK) for begin in range(0, len(start), CHUNK)]
    found = [_crossed(start[chunk], end[chunk], polygon[chunk]) for chunk in chunks]
    cell, polygon = _distinct(*(np.concatenate(values) for values in zip(*found, strict=True)))
    return (*np.divmod(cell.astype(np.int32), np.int32(COLUMNS)), polygon)


def _crossed(start: np.ndarray, end: np.ndarray, polygon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells of each segment: row by row, from where it enters the row to where it leaves it."""
    low, high = np.minimum(start, end)[:, 1], np.maximum(start, end)[:, 1]
    segment, row = runs(_floor(low - SLACK), _floor(high + SLACK))
    (x, y), (dx, dy) = start[segment].T, (end - start)[segment].T
    level = dy == 0
    rise = np.where(level, 1, dy)
    enters = np.where(level, 0, np.clip((row - SLACK - y) / rise, 0, 1))
    leaves = np.where(level, 1, np.clip((row + 1 + SLACK - y) / rise, 0, 1))
    one, other = x + dx * enters, x + dx * leaves
    run, column = runs(_floor(np.minimum(one, other) - SLACK), _floor(np.maximum(one, other) + SLACK))
    cell = np.clip(row[run], 0, ROWS - 1) * COLUMNS + np.clip(column, 0, COLUMNS - 1)
    return cell, polygon[segment[run]]


def _distinct(cell: np.ndarray, polygon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each pair of cell and polygon once, in order."""
    keys = cell.astype(np.int64)
    keys <<= 32
    keys |= polygon
    keys.sort()  # np.unique takes twenty times as long
    keys = keys[np.append(True, keys[1:] != keys[:-1])]
    return keys >> 32, keys & 0xFFFFFFFF


def _inside(start: np.ndarray, end: np.ndarray, polygon: np.ndarray) -> _Spans:
    """Cut every row of cells by its middle line: what lies between a polygon's crossings, by pairs, is inside."""
    low, high = np.minimum(start, end)[:, 1], np.maximum(start, end)[:, 1]
    segment, row = runs(_ceil(low - 0.5), _ceil(high - 0.5) - 1)
    (x, y), (dx, dy) = start[segment].T, (end - start)[segment].T
    crossings = np.empty(len(row), dtype=np.complex128)  # sorted by the real part first: a third of the time of lexsort
    crossings.real = polygon[segment] * float(ROWS) + row
    crossings.imag = x + dx * ((row + 0.5 - y) / dy)
    crossings.sort()
    polygon, row = np.divmod(crossings.real[::2].astype(np.int64), ROWS)
    first, last = _ceil(crossings.imag[::2] - 0.5), _ceil(crossings.imag[1::2] - 0.5) - 1
    return _Spans(row.astype(np.int32), first, last, polygon.astype(np.int32))


def _filled_blocks(spans: _Spans) -> np.ndarray:
    """Return the blocks with the lowest polygon that holds their middle cell; right where no border runs."""
    half = BLOCK // 2
    row, first, last, polygon = (values[spans.row % BLOCK == half] for values in spans)
    run, column = runs(-((half - first) // BLOCK), (last - half) // BLOCK)
    blocks = np.full(BLOCK_ROWS * BLOCK_COLUMNS, NONE, dtype=np.int32)
    blocks[(row[run] // BLOCK * BLOCK_COLUMNS + column)[::-1]] = polygon[run][::-1]
    return blocks


def _filled_cells(spans: _Spans, blocks: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give the places of all cells of bordered blocks whose middle a polygon holds, and that polygon: the last first."""
    for begin in reversed(range(0, len(spans.row), CHUNK)):
        yield _filled(_Spans(*(values[begin : begin + CHUNK] for values in spans)), blocks)


def _filled(spans: _Spans, blocks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    span, column = runs(spans.first // BLOCK, spans.last // BLOCK)
    block = blocks[spans.row[span] // BLOCK * BLOCK_COLUMNS + column]
    bordered = block < NONE
    span, column, block = span[bordered], column[bordered] * BLOCK, block[bordered]
    first, last = np.maximum(spans.first[span], column), np.minimum(spans.last[span], column + BLOCK - 1)
    run, place = runs(_place(block, spans.row[span], first), _place(block, spans.row[span], last))
    return place, spans.polygon[span][run]


def _sets(cell: np.ndarray, polygon: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the cells that have candidates and the number of their set; starts and members of the sets.

    Sets are told apart by the sum of 64 random bits for each member.
    """
    cell, polygon = _distinct(cell, polygon)
    begins = np.flatnonzero(np.append(True, cell[1:] != cell[:-1]))
    sizes = np.diff(np.append(begins, len(cell)))
    bits = np.random.default_rng(0).integers(2**63, size=polygon.max(initial=0) + 1, dtype=np.uint64)
    sums = np.add.reduceat(bits[polygon], begins)
    order = np.argsort(sums)
    new = np.append(True, sums[order][1:] != sums[order][:-1])
    number = np.empty(len(begins), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    begins, sizes = begins[order[new]], sizes[order[new]]
    _, member = runs(begins, begins + sizes - 1)
    return (
        cell[np.flatnonzero(np.append(True, cell[1:] != cell[:-1]))],
        number,
        np.append(0, np.cumsum(sizes)),
        polygon[member],
    )


def _floor(values: np.ndarray) -> np.ndarray:
    return np.floor(values).astype(np.int32)


def _ceil(values: np.ndarray) -> np.ndarray:
    return np.ceil(values).astype(np.int32)
