"""From the inventory and a scenario to the rates that each quota has to bear."""
