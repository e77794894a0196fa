"""Pages set by jinja2 templates: ours in this process, anybody else's in a process of its own with limits.

A template sees the plain data of the page and nothing else. A template from outside is not trusted: jinja2's sandbox is the
first fence, a process that may neither run long, nor grow, nor write a file, nor start another is the second.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import BinaryIO, TypeAlias

from jinja2 import DictLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from syngraph.library import load, names

Data: TypeAlias = "str | int | list[Data] | dict[str, Data] | None"
"""What a page is made of. A `Markup` string is HTML already and is not escaped again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a template from outside may use: seconds of processor time, bytes of memory, characters of output."""

    seconds: int = 5
    memory: int = 512 * 1024 * 1024
    output: int = 16 * 1024 * 1024


class TemplateError(ValueError):
    """A template could not be set. `line` counts from 1, 0 when it is not known; `help` says what to do."""

    def __init__(self, message: str, line: int = 0, help: str = "") -> None:
        self.message = message
        self.line = line
        self.help = help
        where = f"template, line {line}" if line else "template"
        super().__init__(f"{where}: {message}" + (f"; {help}" if help else ""))


def house(name: str, page: dict[str, Data]) -> str:
    """Set a page with a template of the library (`page.html.j2`)."""
    return _environment(".html" in name).get_template(name).render(page)


def foreign(source: bytes | str, page: dict[str, Data], format: str, limits: Limits | None = None) -> str:
    """Set a page with a template from outside, in a process of its own. `format` html escapes what is not HTML already.

    Memory and processor time are held by the operating system where it can (`resource`), wall-clock time everywhere.

    Raises: TemplateError when the template is at fault, breaks out of the sandbox or uses more than the limits.
    """
    limits = limits or Limits()
    try:
        text = source.decode("utf-8") if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1 if isinstance(source, bytes) else 0
        raise TemplateError("the template is not UTF-8 text", line, "save it as UTF-8") from None
    job = {
        "source": text,
        "format": format,
        "page": _packed(page),
        "limits": [limits.seconds, limits.memory, limits.output],
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _child()],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=limits.seconds * 2 + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(limits) from None
    return _answer(done.returncode, done.stdout, limits)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """The other side of `foreign`: read one job, shut the doors, set the template, write the answer as JSON."""
    job = json.loads(source.read())
    seconds, memory, output = job["limits"]
    environment = _environment(job["format"] == "html")
    page = _unpacked(job["page"])
    _shut_doors(seconds, memory)
    try:
        answer: dict[str, str | int] = {"text": _set(environment, job["source"], page, output)}
    except TemplateError as error:
        answer = {"error": error.message, "line": error.line, "help": error.help}
    sink.write(json.dumps(answer).encode())


# -- the sandbox -------------------------------------------------------------------------------------------------------

_NAME = "template"


def _child() -> str:
    """What the other process runs: our own modules wherever they were found, and nothing of the folder it is started in."""
    places = [place for place in sys.path if PurePath(place).is_absolute()]
    return (
        f"import sys; sys.path[:] = {places!r}; from syngraph.engine.documents.sandbox import serve; "
        "serve(sys.stdin.buffer, sys.stdout.buffer)"
    )


@cache
def _environment(escaping: object) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(
            {path.removeprefix("templates/"): load(path).decode() for path in names() if path.startswith("templates/")}
        ),
        autoescape=bool(escaping),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Templates give the same page every time, so nothing random stays.
    environment.globals.pop("lipsum")
    environment.filters.pop("random")
    return environment


def _set(environment: ImmutableSandboxedEnvironment, source: str, page: dict[str, Data], output: int) -> str:
    known = ", ".join(sorted(page))
    line = 0
    try:
        code = environment.compile(source, _NAME, _NAME)
        template = environment.template_class.from_code(environment, code, environment.make_globals(None))
        pieces: list[str] = []
        length = 0
        for piece in template.generate(page):
            length += len(piece)
            if length > output:
                raise TemplateError(
                    f"the output grew beyond {output} characters", help="look for a loop that repeats too often"
                )
            pieces.append(piece)
        return "".join(pieces)
    except TemplateSyntaxError as error:
        raise TemplateError(str(error.message), error.lineno, "see the jinja2 template reference") from None
    except TemplateNotFound as error:
        have = ", ".join(sorted(environment.list_templates()))
        raise TemplateError(f"there is no template `{error.name}` to include", help=f"there are {have}") from None
    except SecurityError as error:
        raise TemplateError(f"the sandbox refused: {error}", _line(error), "a template may only read the page") from None
    except JinjaError as error:
        raise TemplateError(str(error.message), _line(error), f"the page has {known}") from None
    except MemoryError:
        raise TemplateError("it used more memory than allowed", line, "look for a text that is multiplied") from None
    except RecursionError:
        raise TemplateError("it calls itself without end", line, "look for a macro that calls itself") from None
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        if isinstance(error, TemplateError):
            raise
        raise TemplateError(f"{type(error).__name__}: {error}", _line(error), f"the page has {known}") from None


def _line(error: BaseException) -> int:
    """The line of the template where it went wrong."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _shut_doors(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # not a Unix: wall-clock time alone holds
        return
    wanted = (
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_AS", memory),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", 0),
    )
    for name, most in wanted:
        kind = getattr(resource, name, None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard),) * 2)


# -- between the processes ---------------------------------------------------------------------------------------------


def _answer(code: int, output: bytes, limits: Limits) -> str:
    try:
        answer = json.loads(output)
    except ValueError:
        raise (_too_long(limits) if code < 0 else _died(code)) from None
    if "text" in answer:
        return str(answer["text"])
    raise TemplateError(answer["error"], answer["line"], answer["help"])


def _too_long(limits: Limits) -> TemplateError:
    return TemplateError(f"it ran for more than {limits.seconds} seconds", help="look for a loop that does not end")


def _died(code: int) -> TemplateError:
    return TemplateError(f"its process ended with code {code} and no page", help="make the template simpler")


def _packed(data: Data) -> Data:
    """The data with HTML told apart from text, as JSON cannot."""
    if isinstance(data, Markup):
        return {"markup": str(data)}
    if isinstance(data, dict):
        return {"map": {key: _packed(value) for key, value in data.items()}}
    if isinstance(data, list):
        return [_packed(value) for value in data]
    return data


def _unpacked(data: Data) -> dict[str, Data]:
    found = _unpack(data)
    assert isinstance(found, dict)
    return found


def _unpack(data: Data) -> Data:
    if isinstance(data, dict):
        if "markup" in data:
            return Markup(str(data["markup"]))
        inner = data["map"]
        assert isinstance(inner, dict)
        return {key: _unpack(value) for key, value in inner.items()}
    if isinstance(data, list):
        return [_unpack(value) for value in data]
    return data
