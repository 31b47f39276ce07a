"""What Qt does not give of the computer: clocks, global shortcuts, staying on top, lock and sleep signals."""
