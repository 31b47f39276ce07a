"""Tests of focus mode on Linux."""
