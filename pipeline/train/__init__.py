"""Labelled posts in, a trained model with its card out."""
