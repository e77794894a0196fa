"""Offices: what the text lets an officer do, and how a rotation, a resignation or an act then changes the register."""
