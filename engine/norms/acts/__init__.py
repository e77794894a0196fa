"""What acts do to norms: performing, exercising a power, excusing, extending, handing on."""
