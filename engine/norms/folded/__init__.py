"""The fold over facts and deadlines: the state of every norm at an instant."""
