"""Read the disclosure profile that is in force from ``expectations/onthulling.yml``."""

from __future__ import annotations

from nsoc_lib.disclosure_profile import STANDAARD, DisclosureProfile, build_profile
from nsoc_lib.paths import Study
from nsoc_lib.sources.study import load_yaml


def load_profile(study: Study, name: str = STANDAARD) -> DisclosureProfile:
    """Read one profile: of the study's own file when it has one, else of the repository's.

    Raises NsocError when the file is absent or wrong anywhere, and when it has no profile with this name.
    """
    path = study.disclosure_file
    return build_profile(load_yaml(path, study.show(path)), name)
