#pragma once
#include <cblas.h>
#include <malloc.h>
