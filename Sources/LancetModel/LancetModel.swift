// LancetModel: see CONTRIBUTING.md for the map of the house.
