"""The OpenAPI 3.1 document, made from the same routes that the server serves."""

import re
from collections.abc import Sequence
from typing import Any

from apispec import APISpec
from pydantic import TypeAdapter

from server.web import shapes
from server.web.routes import Route, Routes
from server.wire import API, IDEMPOTENCY_HEADER, SESSION_COOKIE

_REF = "#/components/schemas/{model}"
_QUERIES = {
    "/sites/<site>/procedures": ("q", "limit"),
    "/sites/<site>/tickets": ("number",),
    "/sites/<site>/board": ("hall",),
}


def document(features: Sequence[Routes], version: str) -> dict[str, Any]:
    """The whole document as JSON values."""
    spec = APISpec(
        title="Đến Lượt",
        version=version,
        openapi_version="3.1.0",
        info={"description": "Queue tickets, counters and boards of public service centres."},
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.security_scheme(
        "session", {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE}
    )
    known: set[str] = set()
    _schema(spec, known, shapes.Problem)
    for feature in features:
        for route in feature.all:
            spec.path(
                path=API + re.sub(r"<(\w+)>", r"{\1}", route.path),
                operations={route.method.lower(): _operation(spec, known, feature.name, route)},
            )
    _health(spec, known)
    described: dict[str, Any] = spec.to_dict()
    return described


def _health(spec: APISpec, known: set[str]) -> None:
    answer = {"description": "OK", "content": _json(_schema(spec, known, shapes.Health))}
    spec.path(
        path="/healthz",
        operations={
            "get": {
                "operationId": "health.get",
                "summary": "Whether the server and its database answer.",
                "responses": {"200": answer},
            }
        },
    )
    spec.path(
        path=f"{API}/openapi.json",
        operations={
            "get": {
                "operationId": "openapi.get",
                "summary": "This document.",
                "responses": {"200": {"description": "OK", "content": _json({"type": "object"})}},
            }
        },
    )


def _operation(spec: APISpec, known: set[str], feature: str, route: Route) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status, shape in route.answers.items():
        responses[str(status)] = {"description": "OK"}
        if shape is not None:
            responses[str(status)]["content"] = _json(_schema(spec, known, shape))
    codes = ", ".join(route.refusals) or "see code"
    responses["default"] = {
        "description": f"A problem document. Codes of this call: {codes}.",
        "content": {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}},
    }
    operation: dict[str, Any] = {
        "operationId": f"{feature}.{route.view.__name__}",
        "tags": [feature],
        "summary": (route.view.__doc__ or "").strip().splitlines()[0],
        "description": _callers(route),
        "parameters": _parameters(route),
        "responses": responses,
        "security": [{"token": []}, {"session": []}],
    }
    if route.public != "no":
        operation["security"].append({})
    if route.body is not None:
        schema = _schema(spec, known, route.body)
        operation["requestBody"] = {"required": False, "content": _json(schema)}
    return operation


def _callers(route: Route) -> str:
    roles = ", ".join(sorted(route.who)) or "nobody else"
    public = {
        "no": "",
        "always": " Public.",
        "board": " Public where the site's board is.",
        "catalogue": " Public where the site's catalogue is.",
    }
    return f"Roles: {roles}.{public[route.public]}"


def _parameters(route: Route) -> list[dict[str, Any]]:
    text = {"type": "string"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": text}
        for name in re.findall(r"<(\w+)>", route.path)
    ]
    if route.method == "GET":
        found += [
            {"name": name, "in": "query", "required": False, "schema": text}
            for name in _QUERIES.get(route.path, ())
        ]
    else:
        found.append({"name": IDEMPOTENCY_HEADER, "in": "header", "schema": text})
    return found


def _schema(spec: APISpec, known: set[str], shape: Any) -> dict[str, Any]:
    """The schema of a shape; the models that it names become components."""
    schema = TypeAdapter(shape).json_schema(ref_template=_REF)
    parts: dict[str, Any] = schema.pop("$defs", {})
    if "anyOf" not in schema:
        parts[schema["title"]] = schema
        schema = {"$ref": _REF.format(model=schema["title"])}
    for name, part in parts.items():
        if name not in known:
            known.add(name)
            spec.components.schema(name, part)
    return schema


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
