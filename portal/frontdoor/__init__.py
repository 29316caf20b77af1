"""The tenant's door: questions, check, receipt, status."""

from flask import Blueprint

bp = Blueprint("frontdoor", __name__)
