"""Saved work: uploaded files and whatever was set, mapped or planned, there again after a restart."""

from cs_kpi.workspace.database import DATABASE_URL
from cs_kpi.workspace.store import Signature, StoredFile, Unreadable, Workspace

__all__ = ["DATABASE_URL", "Signature", "StoredFile", "Unreadable", "Workspace"]
