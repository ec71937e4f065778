module libfedval.example/fedval

go 1.19
