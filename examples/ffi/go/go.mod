module fedval.example/ffi

go 1.19
