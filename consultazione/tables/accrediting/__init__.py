"""Accreditation of organisations: asked for, granted with a mandate and seats, or refused."""
