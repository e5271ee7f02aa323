"""The ASGI app: the dashboard, our own routes beside it, headers on every answer, its own visitors.

`sixes-geo app`, `streamlit run app.py` and `uvicorn app:app` all serve it.
"""

import streamlit as st
from starlette.middleware import Middleware

from sixes_geo.server import headers, origins, routes, uploads
from sixes_geo.ui import SCRIPT, lifecycle

app = st.App(
    SCRIPT,
    routes=routes.routes(st.get_option("server.baseUrlPath")),
    middleware=[
        Middleware(headers.SecurityHeaders),
        Middleware(
            origins.OwnVisitors,
            origins.known(st.get_option(origins.LISTENED), st.get_option(origins.PUBLIC)),
        ),
        Middleware(uploads.BoundedUploads),
    ],
    exception_handlers={Exception: headers.failed},
    lifespan=lifecycle.lifespan,
    on_script_error=lifecycle.log_script_error,
)
