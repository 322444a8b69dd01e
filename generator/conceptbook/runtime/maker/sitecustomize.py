"""Where Python's own modules and numpy's come from in the prepared runtime; runs as Python starts.

They lie one after the other before the zip of what was imported until here. Python's own way
through a zip opens it twice for every module, and unmarshals its code twice.
"""

import io
import marshal
import sys

ARCHIVE = "/lib/python313.zip"


class Modules:
    """Finds and loads: dotted name -> whether it is a package, where its code begins and ends."""

    def __init__(self, places):
        self.places = places
        self.file = None

    def find_spec(self, name, path=None, target=None):
        place = self.places.get(name)
        if place is None:
            return None
        spec = Spec(name, self, origin=self.get_filename(name), is_package=place[0])
        if place[0]:
            spec.submodule_search_locations.append(f"{ARCHIVE}/{name.replace('.', '/')}")
        spec.has_location = True
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.get_code(module.__name__), module.__dict__)

    def get_code(self, name):
        _, start, end = self.places[name]
        if self.file is None:
            self.file = io.FileIO(ARCHIVE)
        self.file.seek(start)
        return marshal.loads(self.file.read(end - start))

    def get_filename(self, name):
        suffix = "/__init__.pyc" if self.places[name][0] else ".pyc"
        return f"{ARCHIVE}/{name.replace('.', '/')}{suffix}"

    def get_source(self, name):
        return None

    def is_package(self, name):
        return self.places[name][0]

    def rest(self):
        """Nothing that a memory snapshot would not have: the file is opened anew when needed."""
        if self.file is not None:
            self.file.close()
            self.file = None


Spec = type(__spec__)
places = marshal.loads(__loader__.get_data(f"{ARCHIVE}/places"))
sys.meta_path.insert(2, Modules(places))  # behind those of what is part of the interpreter
