"""Findings into pictures and sentences: chart spec -> SVG and PNG, and the words that go with them.

A chart module takes a finding and gives a `Figure`: two drawings (wide, narrow), a sentence computed from the
same data, a table holding every value drawn, the credits. Page, e-mail and download all read that one figure.
"""
