print("ova")
