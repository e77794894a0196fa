"""The model and the world beside it; tests are not a package (importlib mode), so both are loaded here by their path."""

import importlib.util
import sys
from pathlib import Path

for _name in ("model", "world"):
    if _name not in sys.modules:
        _spec = importlib.util.spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
        assert _spec is not None and _spec.loader is not None
        sys.modules[_name] = importlib.util.module_from_spec(_spec)
        _spec.loader.exec_module(sys.modules[_name])
