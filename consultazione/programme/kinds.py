"""Closed lists of the programme: kinds of interventions, and cells of the FNPS matrix.

The rows and columns are those in which Emilia-Romagna's districts account for the *Fondo
nazionale politiche sociali* (FNPS): macro-levels, and areas of use. Funds are no list of
ours: each zone enters its own.
"""

from __future__ import annotations

from enum import StrEnum


class ProgrammeState(StrEnum):
    """Whether a programme is still being written, or an act has approved it."""

    DRAFT = "draft"
    APPROVED = "approved"


class InterventionKind(StrEnum):
    """What an intervention is; training of the staff is a purpose of its own (L. 328/2000)."""

    SERVICE = "service"
    PROJECT = "project"
    TRAINING = "training"


class MacroLevel(StrEnum):
    """The rows of the FNPS matrix."""

    ACCESS = "access"
    HOME = "home"
    COMMUNITY = "community"
    RESIDENTIAL = "residential"
    INCLUSION = "inclusion"


class AreaOfUse(StrEnum):
    """The columns of the FNPS matrix."""

    FAMILIES = "families"
    DISABILITY = "disability"
    POVERTY = "poverty"


class PolicyArea(StrEnum):
    """Other policies with which an intervention is integrated."""

    HOUSING = "housing"
    WORK = "work"
    TRAINING = "training"
    EDUCATION = "education"


class ResourceKind(StrEnum):
    """What an intervention needs (L. 328/2000 art. 19): money, places and things, people.

    Financial resources are the shares of its cost; the others are described and counted.
    """

    FINANCIAL = "financial"
    STRUCTURAL = "structural"
    PROFESSIONAL = "professional"
