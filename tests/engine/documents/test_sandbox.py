"""Templates from outside: they set pages, and nothing else."""

import pytest

from syngraph.engine.documents import Limits, TemplateError, render
from syngraph.engine.text.document import Document

OWN = """<h1>{{ title }}</h1>
{% for part in sections if part.heading %}
<h2>{{ part.number }} {{ part.heading }}</h2>
{{ part.body }}
{% endfor %}
<p>{{ fields["Price"] }} {{ date }}</p>
"""


def test_a_template_of_ones_own_sets_the_page(sampler: Document) -> None:
    printed = render(sampler, (), "html", template=OWN)
    assert "<h1>Sale of Oak Furniture</h1>\n<h2>1 Purpose</h2>\n<p>The <a class" in printed
    assert printed.endswith("<p>EUR 120 </p>\n")


def test_it_escapes_text_but_not_what_is_html_already(build) -> None:
    printed = render(build("<b>", "A **bold** <i>."), (), "html", template=b"{{ title }}{{ sections[0].body }}")
    assert printed == "&lt;b&gt;<p>A <strong>bold</strong> &lt;i&gt;.</p>"


def test_it_may_include_the_templates_of_the_library(build) -> None:
    assert render(build("T", "Words."), (), "txt", template='{% include "page.txt.j2" %}').count("Words.") == 1


FAULTY = {
    "a word that is not in the page": ("{{ titel }}", "'titel' is undefined", 1),
    "a tag that does not end": ("a\n{% for x in sections %}", "Unexpected end of template", 2),
    "a tag that there is not": ("a\nb\n{% frobnicate %}", "unknown tag 'frobnicate'", 3),
    "a template that there is not": ('{% include "other" %}', "there is no template `other`", 0),
    "a file of this machine": ('{% include "/etc/passwd" %}', "there is no template `/etc/passwd`", 0),
    "a division by nothing": ("\n{{ 1 / 0 }}", "ZeroDivisionError", 2),
    "text and number added": ("{{ title + 1 }}", "TypeError", 1),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself without end", 0),
    "bytes that are no text": (b"a\n\xff", "not UTF-8", 2),
}


@pytest.mark.parametrize(("template", "message", "line"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_template_is_a_clear_error(build, template: str | bytes, message: str, line: int) -> None:
    with pytest.raises(TemplateError) as caught:
        render(build("T", "Words."), (), "html", template=template)
    assert message in caught.value.message
    assert caught.value.line == line
    assert caught.value.help


ESCAPES = {
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals of a function": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "globals through a filter": "{{ (title|attr('__class__'))|attr('__base__') }}",
    "attributes by another road": "{{ title|attr('\\x5f\\x5fclass\\x5f\\x5f')|attr('__mro__') }}",
    "a format string": "{{ '{0.__class__.__init__.__globals__}'.format(title) }}",
    "the format string of markup": "{{ ('{0.__class__}'|safe).format(title) }}",
    "a list that is changed": "{{ sections.append(1) }}",
    "a map that is changed": "{{ fields.update({'a': 'b'}) }}",
    "the template itself": "{{ self.__init__.__globals__ }}",
    "an import": "{% import 'os' as os %}{{ os.getcwd() }}",
    "the loader": "{{ namespace.__init__.__globals__ }}",
}


@pytest.mark.parametrize("template", ESCAPES.values(), ids=ESCAPES)
def test_no_way_leads_out_of_the_sandbox(build, template: str) -> None:
    with pytest.raises(TemplateError):
        render(build("T", "Words."), (), "html", template=template)


SMALL = Limits(seconds=1, memory=256 * 1024 * 1024, output=100_000)
GREEDY = {
    "a loop in loops": (
        "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
        "more than 1 seconds",
    ),
    "a text that is multiplied": ("{{ 'x' * 9999999999 }}", "more memory"),
    "a number that is raised": ("{{ 9 ** (9 ** 9) }}", "more than 1 seconds"),
    "a page without end": ("{% for a in range(99999) %}{{ 'x' * 100 }}{% endfor %}", "beyond 100000 characters"),
    "a range that is too long": ("{% for a in range(99999999) %}{% endfor %}", "Range too big"),
}


@pytest.mark.parametrize(("template", "message"), GREEDY.values(), ids=GREEDY)
def test_a_greedy_template_is_stopped(build, template: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        render(build("T", "Words."), (), "html", template=template, limits=SMALL)
