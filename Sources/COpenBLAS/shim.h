// OpenBLAS for Swift: the CBLAS interface and the thread controls.
#pragma once
#include <cblas.h>
