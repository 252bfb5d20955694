"""What schemathesis makes of the OpenAPI document: addresses that keep to it and addresses that do not, some of each.

``schemathesis run http://127.0.0.1:8000/openapi.json`` beside a running server tries thousands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from onrecord.store.archive import Archive
from onrecord.web.app import PAGES, create_app

from .conftest import BASE

schemathesis: Any = pytest.importorskip("schemathesis", reason="needs schemathesis: pip install schemathesis")

CONFIG = Path(__file__).parents[2] / "schemathesis.toml"
FEW = settings(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def schema(archive: Archive) -> Any:
    app = create_app(archive, hosts=frozenset())
    with TestClient(app, base_url=BASE):
        return schemathesis.openapi.from_asgi("/openapi.json", app, config=schemathesis.Config.from_path(CONFIG))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_every_answer_is_the_one_that_the_document_promises(schema: Any, path: str, mode: str) -> None:
    operation = schema[("/index" if path == "/" else path) + ".json"]["GET"]
    if mode == "negative" and not operation.query:
        pytest.skip("every text may be an id, so nothing breaks this document")

    @FEW
    @given(operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode)))
    def each(case: Any) -> None:
        case.call_and_validate()

    each()
