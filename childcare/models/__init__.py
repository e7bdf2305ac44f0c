from childcare.models.applications import Application, Health, Paper
from childcare.models.classes import LIMITS, Band, NurseryClass

__all__ = ["LIMITS", "Application", "Band", "Health", "NurseryClass", "Paper"]
