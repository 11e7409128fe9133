"""The corpus of faulty inputs is sound, its judge can tell right from wrong, and a fixed sample is caught."""

from __future__ import annotations
